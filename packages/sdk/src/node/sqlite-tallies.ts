/** How much there is of what is bounded, as a transaction sees and changes it. */
import { numberIn, textIn, type SqliteConnection } from './sqlite-connection.ts';

/** What is counted. */
export type TallyName =
  /** Strangers, and the characters of what is kept of them. */
  | 'strangers'
  | 'strangers-length'
  /** Directions with message keys: in general, and those that came from strangers. */
  | 'keys-known'
  | 'keys-strangers'
  /** Read marks of contacts, and of strangers. */
  | 'marks-contacts'
  | 'marks-strangers'
  /** Up to when messages are refused of strangers of whom nothing is remembered. */
  | 'marks-forgotten'
  /** The last number that was given to something that was heard of, or used. */
  | 'turn';

/** The tallies of one transaction. */
export class Tallies {
  readonly #connection: SqliteConnection;
  readonly #values: Map<string, number>;
  readonly #changed = new Set<TallyName>();

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
    const rows = connection.all('SELECT name, value FROM tallies');
    this.#values = new Map(rows.map((row) => [textIn(row, 'name'), numberIn(row, 'value')]));
  }

  get(name: TallyName): number {
    return this.#values.get(name) ?? 0;
  }

  set(name: TallyName, value: number): void {
    this.#values.set(name, value);
    this.#changed.add(name);
  }

  add(name: TallyName, more: number): void {
    if (more !== 0) this.set(name, this.get(name) + more);
  }

  /** A number larger than all before it. */
  next(): number {
    this.add('turn', 1);
    return this.get('turn');
  }

  /** Writes what was changed. */
  write(): void {
    for (const name of this.#changed)
      this.#connection.run(
        'INSERT INTO tallies (name, value) VALUES (?, ?) ON CONFLICT (name) DO UPDATE SET value = excluded.value',
        name,
        this.get(name),
      );
  }
}

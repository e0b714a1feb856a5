/**
 * The tables as a commit sees them: what it has written, and of what was there each record read once. Whatever will be needed
 * is asked for together, before any of it is waited for, as each question to the database takes its time to go there and back.
 */
import type { StoreValue } from 'idb';
import type { Counter, CounterName, Tables } from './schema.ts';
import type { Writer } from './transaction.ts';

/** The tables of which a commit reads single records, to change them. */
type RecordTable = 'contacts' | 'histories' | 'identities' | 'markRooms' | 'messageKeys' | 'counters';

type Key<N extends RecordTable> = Tables[N]['key'];
type Value<N extends RecordTable> = StoreValue<Tables, N>;

/** One table. */
export class CommitTable<N extends RecordTable> {
  readonly #writer: Writer;
  readonly #name: N;
  readonly #records = new Map<string, Promise<Value<N> | undefined>>();

  constructor(writer: Writer, name: N) {
    this.#writer = writer;
    this.#name = name;
  }

  /** A record. */
  get(key: Key<N>): Promise<Value<N> | undefined> {
    const text = JSON.stringify(key);
    const known = this.#records.get(text);
    if (known !== undefined) return known;
    const record: Promise<Value<N> | undefined> = this.#writer.transaction.objectStore(this.#name).get(key);
    this.#records.set(text, record);
    return record;
  }

  /** Asks for a record that will be needed. */
  expect(key: Key<N>): void {
    // Who waits for it is told what it fails with.
    this.get(key).catch(() => undefined);
  }

  put(key: Key<N>, record: Value<N>): void {
    this.#records.set(JSON.stringify(key), Promise.resolve(record));
    this.#writer.queue(this.#writer.transaction.objectStore(this.#name).put(record, key));
  }

  delete(key: Key<N>): void {
    this.#records.set(JSON.stringify(key), Promise.resolve(undefined));
    this.#writer.queue(this.#writer.transaction.objectStore(this.#name).delete(key));
  }

  /** Forgets what it has read, where the table was changed by another way. */
  clear(): void {
    this.#records.clear();
  }
}

/** All of them. */
export class CommitTables {
  readonly writer: Writer;
  readonly contacts: CommitTable<'contacts'>;
  readonly histories: CommitTable<'histories'>;
  readonly identities: CommitTable<'identities'>;
  readonly markRooms: CommitTable<'markRooms'>;
  readonly messageKeys: CommitTable<'messageKeys'>;
  readonly counters: CommitTable<'counters'>;

  constructor(writer: Writer) {
    this.writer = writer;
    this.contacts = new CommitTable(writer, 'contacts');
    this.histories = new CommitTable(writer, 'histories');
    this.identities = new CommitTable(writer, 'identities');
    this.markRooms = new CommitTable(writer, 'markRooms');
    this.messageKeys = new CommitTable(writer, 'messageKeys');
    this.counters = new CommitTable(writer, 'counters');
  }

  async isContact(entityKey: string): Promise<boolean> {
    return (await this.contacts.get(entityKey)) !== undefined;
  }
}

const NONE: Counter = { count: 0, length: 0, turn: 0 };

/** A counter that a commit changes: so nothing has to be counted. */
export class OpenCounter {
  readonly #tables: CommitTables;
  readonly #name: CounterName;
  readonly #before: Counter;
  count: number;
  length: number;
  turn: number;

  private constructor(tables: CommitTables, name: CounterName, before: Counter) {
    this.#tables = tables;
    this.#name = name;
    this.#before = before;
    ({ count: this.count, length: this.length, turn: this.turn } = before);
  }

  static async open(tables: CommitTables, name: CounterName): Promise<OpenCounter> {
    return new OpenCounter(tables, name, (await tables.counters.get(name)) ?? NONE);
  }

  /** Counts something that is new, or gone. */
  add(count: number, length = 0): void {
    this.count += count;
    this.length += length;
  }

  /** A number larger than all before it. */
  next(): number {
    return ++this.turn;
  }

  write(): void {
    const { count, length, turn } = this;
    const before = this.#before;
    if (count === before.count && length === before.length && turn === before.turn) return;
    this.#tables.counters.put(this.#name, { count, length, turn });
  }
}

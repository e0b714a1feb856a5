/** Message keys: for a bounded number of directions, with a room of its own for those that came from strangers. */
import type { ID, KeptMessageKey, KeyDirection, MessageKeyUse } from 'dimp';
import type { KeptForms } from '../store/kept-forms.ts';
import { numberIn, textIn, type SqliteConnection } from './sqlite-connection.ts';
import type { SqlRow } from './sqlite-driver.ts';
import type { Tallies } from './sqlite-tallies.ts';

/** Where a direction is counted: however many strangers write, they push out none of a contact. */
type Room = 'known' | 'strangers';

const ROOMS: readonly Room[] = ['known', 'strangers'];

/** The keys of all directions. */
export class SqliteMessageKeys {
  readonly #connection: SqliteConnection;
  readonly #forms: KeptForms;
  /** How many directions a room has place for. */
  readonly #capacity: number;

  constructor(connection: SqliteConnection, forms: KeptForms, capacity: number) {
    this.#connection = connection;
    this.#forms = forms;
    this.#capacity = capacity;
  }

  of({ sender, destination }: KeyDirection, use: MessageKeyUse): readonly KeptMessageKey[] {
    return this.#connection
      .all(
        `SELECT text FROM message_keys WHERE direction =
           (SELECT number FROM directions WHERE use = ? AND sender = ? AND destination = ?)`,
        use,
        sender.entityKey,
        destination.entityKey,
      )
      .map((row) => this.#forms.messageKey(textIn(row, 'text')));
  }

  /** @param isContact whether the sender is one */
  keep(
    tallies: Tallies,
    direction: KeyDirection,
    use: MessageKeyUse,
    { entry, isContact }: { readonly entry: KeptMessageKey; readonly isContact: boolean },
  ): void {
    const room: Room = use === 'receive' && !isContact ? 'strangers' : 'known';
    this.#connection.run(
      `INSERT INTO message_keys (direction, digest, text) VALUES (?, ?, ?)
       ON CONFLICT (direction, digest) DO UPDATE SET text = excluded.text`,
      this.#use(tallies, direction, use, room),
      entry.digest,
      this.#forms.messageKeyText(entry),
    );
  }

  drop(tallies: Tallies, direction: KeyDirection, use: MessageKeyUse, digest: string): void {
    const known = this.#row(direction, use);
    if (known === undefined) return;
    const number = numberIn(known, 'number');
    this.#connection.run('DELETE FROM message_keys WHERE direction = ? AND digest = ?', number, digest);
    if (this.#connection.get('SELECT 1 FROM message_keys WHERE direction = ?', number) === undefined)
      this.#remove(tallies, known);
  }

  /** The keys that came from somebody who is a contact from now on. */
  add(tallies: Tallies, { entityKey }: ID): void {
    const moved = this.#connection.run(
      `UPDATE directions SET room = 'known' WHERE use = 'receive' AND sender = ? AND room = 'strangers'`,
      entityKey,
    );
    tallies.add('keys-strangers', -moved);
    tallies.add('keys-known', moved);
  }

  /** Removes the keys of both directions. It looks at all directions: nobody forgets often. */
  forget(tallies: Tallies, { entityKey }: ID): void {
    const rows = this.#connection.all(
      'SELECT number, room FROM directions WHERE sender = ? OR destination = ?',
      entityKey,
      entityKey,
    );
    for (const row of rows) this.#remove(tallies, row);
  }

  /** Removes those for which there is no room: which were changed longest ago. */
  makeRoom(tallies: Tallies): void {
    for (const room of ROOMS)
      while (tallies.get(`keys-${room}`) > this.#capacity) {
        const oldest = this.#connection.get(
          'SELECT number, room FROM directions WHERE room = ? ORDER BY turn LIMIT 1',
          room,
        );
        if (oldest === undefined) break;
        this.#remove(tallies, oldest);
      }
  }

  /** The number of a direction that is used now. */
  #use(tallies: Tallies, direction: KeyDirection, use: MessageKeyUse, room: Room): number {
    const known = this.#row(direction, use);
    if (known === undefined) tallies.add(`keys-${room}`, 1);
    else if (textIn(known, 'room') !== room) {
      tallies.add(`keys-${textIn(known, 'room') as Room}`, -1);
      tallies.add(`keys-${room}`, 1);
    }
    const { sender, destination } = direction;
    return this.#connection.number(
      `INSERT INTO directions (use, sender, destination, room, turn) VALUES (?, ?, ?, ?, ?)
       ON CONFLICT (use, sender, destination) DO UPDATE SET room = excluded.room, turn = excluded.turn RETURNING number`,
      use,
      sender.entityKey,
      destination.entityKey,
      room,
      tallies.next(),
    );
  }

  #remove(tallies: Tallies, row: SqlRow): void {
    const number = numberIn(row, 'number');
    this.#connection.run('DELETE FROM message_keys WHERE direction = ?', number);
    this.#connection.run('DELETE FROM directions WHERE number = ?', number);
    tallies.add(`keys-${textIn(row, 'room') as Room}`, -1);
  }

  #row({ sender, destination }: KeyDirection, use: MessageKeyUse): SqlRow | undefined {
    return this.#connection.get(
      'SELECT number, room FROM directions WHERE use = ? AND sender = ? AND destination = ?',
      use,
      sender.entityKey,
      destination.entityKey,
    );
  }
}

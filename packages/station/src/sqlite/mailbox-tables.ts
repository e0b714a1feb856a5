/** Messages in the tables of a file. */
import { createHash } from 'node:crypto';
import { numberIn, textBytes, textOfBytes, type SqliteConnection, type SqlRow } from 'dimsdk/node/internal';
import type {
  Acknowledgement,
  Box,
  BoxUsage,
  MailboxLimits,
  Posting,
  PostingOutcome,
  ReadLimits,
  StoredMessage,
} from '../ports/mailbox.ts';
import { hasRoom, NOTHING } from '../engine/room.ts';
import type { BoxAccount, Ledger, SenderAccount } from './ledger.ts';

/** Bytes of the digest that stands for a mark: enough that no two are ever the same. */
const MARK_BYTES = 16;

/** How many bodies are removed at once of what is too old. */
const EXPIRE_STEP = 200;

const USAGE = `
  SELECT users.name, boxes.terminal, boxes.messages, boxes.bytes, (
    SELECT bodies.kept_at FROM entries JOIN bodies ON bodies.number = entries.body
      WHERE entries.box = boxes.number ORDER BY entries.position LIMIT 1
  ) AS oldest_at
  FROM boxes JOIN users ON users.number = boxes.user`;

/** See the top of the file: in one transaction, with what that knows of how much there is. */
export class MailboxTables {
  readonly #connection: SqliteConnection;

  constructor(connection: SqliteConnection) {
    this.#connection = connection;
  }

  append(ledger: Ledger, postings: readonly Posting[], limits: MailboxLimits): readonly (readonly PostingOutcome[])[] {
    return postings.map((posting) => this.#keep(ledger, posting, limits));
  }

  #keep(
    ledger: Ledger,
    { boxes, sender: name, isFromStranger = false, isToStranger = false, bytes, mark, keptAt }: Posting,
    limits: MailboxLimits,
  ): readonly PostingOutcome[] {
    const digest = createHash('sha256').update(textBytes(mark)).digest().subarray(0, MARK_BYTES);
    const positions: number[] = [];
    const outcomes = boxes.map((each): PostingOutcome => {
      const box = ledger.box(each);
      const known = this.#positionOf(box, digest);
      if (known !== undefined) return { is: 'known', position: known };
      const sender = ledger.sender(box.user, name, { isFromStranger, isToStranger });
      const held = {
        all: {
          all: ledger.total,
          sender: ledger.senderInAll(sender),
          toStrangers: isToStranger ? ledger.toStrangers() : NOTHING,
        },
        user: box.user,
        sender,
        strangers: isFromStranger ? ledger.strangers(box.user) : NOTHING,
      };
      if (!hasRoom({ bytes: bytes.length, isFromStranger, isToStranger }, held, limits)) return { is: 'full' };
      const position = ledger.nextPosition();
      positions.push(position);
      this.#connection.run(
        'INSERT INTO entries (position, box, body, size, mark, sender) VALUES (?, ?, ?, ?, ?, ?)',
        position,
        ledger.numberOf(box),
        positions[0] ?? position,
        bytes.length,
        digest,
        ledger.numberOfSender(sender),
      );
      ledger.add(box, sender, 1, bytes.length);
      return { is: 'kept', position };
    });
    const [first] = positions;
    if (first !== undefined)
      this.#connection.run(
        'INSERT INTO bodies (number, kept_at, spread, copies, bytes) VALUES (?, ?, ?, ?, ?)',
        first,
        keptAt,
        positions.length,
        positions.length,
        bytes,
      );
    return outcomes;
  }

  #positionOf(box: BoxAccount, digest: Uint8Array): number | undefined {
    if (box.number === undefined) return undefined;
    const row = this.#connection.get('SELECT position FROM entries WHERE box = ? AND mark = ?', box.number, digest);
    return row && numberIn(row, 'position');
  }

  read(ledger: Ledger, box: Box, after: number, limits: ReadLimits): readonly StoredMessage[] {
    const { number } = ledger.box(box);
    if (number === undefined) return [];
    const last = this.#lastOfPage(number, after, limits);
    if (last === undefined) return [];
    return this.#connection
      .all(
        `SELECT entries.position, bodies.bytes, bodies.kept_at FROM entries JOIN bodies ON bodies.number = entries.body
         WHERE entries.box = ? AND entries.position > ? AND entries.position <= ? ORDER BY entries.position`,
        number,
        after,
        last,
      )
      .map((row) => ({
        position: numberIn(row, 'position'),
        bytes: row['bytes'] as Uint8Array,
        keptAt: numberIn(row, 'kept_at'),
      }));
  }

  /** Up to where a page goes: found by the sizes, before any bytes are read. */
  #lastOfPage(box: number, after: number, limits: ReadLimits): number | undefined {
    const rows = this.#connection.all(
      'SELECT position, size FROM entries WHERE box = ? AND position > ? ORDER BY position LIMIT ?',
      box,
      after,
      atMost(limits.messages),
    );
    let last: number | undefined;
    let bytes = 0;
    for (const row of rows) {
      bytes += numberIn(row, 'size');
      if (last !== undefined && bytes > limits.bytes) break;
      last = numberIn(row, 'position');
    }
    return last;
  }

  acknowledge(ledger: Ledger, acknowledgements: readonly Acknowledgement[]): void {
    for (const { box, positions } of acknowledgements) {
      const account = ledger.box(box);
      for (const position of positions) this.#acknowledge(ledger, account, position);
    }
  }

  #acknowledge(ledger: Ledger, box: BoxAccount, position: number): void {
    if (box.number === undefined) return;
    const sql = 'DELETE FROM entries WHERE position = ? AND box = ? RETURNING body, size, sender';
    const gone = this.#connection.get(sql, position, box.number);
    if (gone === undefined) return;
    ledger.add(box, senderIn(ledger, box, gone), -1, -numberIn(gone, 'size'));
    const body = numberIn(gone, 'body');
    // Nearly all are in one box.
    if (this.#connection.run('DELETE FROM bodies WHERE number = ? AND copies = 1', body) === 0)
      this.#connection.run('UPDATE bodies SET copies = copies - 1 WHERE number = ?', body);
  }

  /** @returns how many messages, counted once a box */
  expireSome(ledger: Ledger, before: number): number {
    const bodies = this.#connection.all(
      'SELECT number, spread FROM bodies WHERE kept_at < ? ORDER BY kept_at LIMIT ?',
      before,
      EXPIRE_STEP,
    );
    let count = 0;
    for (const row of bodies) {
      const [number, spread] = [numberIn(row, 'number'), numberIn(row, 'spread')];
      const gone = this.#connection.all(
        'DELETE FROM entries WHERE position >= ? AND position < ? AND body = ? RETURNING box, size, sender',
        number,
        number + spread,
        number,
      );
      for (const entry of gone) {
        const box = ledger.boxOf(numberIn(entry, 'box'));
        ledger.add(box, senderIn(ledger, box, entry), -1, -numberIn(entry, 'size'));
      }
      this.#connection.run('DELETE FROM bodies WHERE number = ?', number);
      count += gone.length;
    }
    return count;
  }

  usage(ledger: Ledger, user: string): readonly BoxUsage[] {
    ledger.write();
    return this.#connection.all(`${USAGE} WHERE users.name = ?`, textBytes(user)).map(usageIn);
  }

  fullest(ledger: Ledger, limit: number): readonly BoxUsage[] {
    ledger.write();
    return this.#connection.all(`${USAGE} ORDER BY boxes.messages DESC LIMIT ?`, atMost(limit)).map(usageIn);
  }
}

/** Who has sent an entry, as far as that is known. */
function senderIn(ledger: Ledger, { user }: BoxAccount, entry: SqlRow): SenderAccount | undefined {
  return entry['sender'] === null ? undefined : ledger.senderOf(user, numberIn(entry, 'sender'));
}

/** Of what is limited by a number of any size, as SQLite takes it. */
export function atMost(limit: number): number {
  return Math.min(Math.floor(limit), 2 ** 31);
}

function usageIn(row: SqlRow): BoxUsage {
  return {
    user: textOfBytes(row['name'] as Uint8Array),
    terminal: textOfBytes(row['terminal'] as Uint8Array),
    messages: numberIn(row, 'messages'),
    bytes: numberIn(row, 'bytes'),
    oldestAt: numberIn(row, 'oldest_at'),
  };
}

/**
 * Read marks: which messages were read, in bounded room, as `ReplayWindow` tells it.
 *
 * What is done with each message touches a few rows. Making room, once for many messages, is left to a `ReplayWindow` that is
 * restored from all of them: so there is one rule of what is forgotten, and up to when messages are refused then.
 */
import { DimError, readMarkKey, ReplayWindow, type ID, type ReadMark, type ReadState } from 'dimp';
import { FUTURE_SHARE } from 'dimp/internal';
import type { Clock } from '../ports/clock.ts';
import type { StoreLimits } from '../store/store-limits.ts';
import type { SqliteConnection } from './sqlite-connection.ts';
import { insertMark, loadRoom, writeRoom, type MarkRoom } from './sqlite-mark-rooms.ts';
import type { Tallies } from './sqlite-tallies.ts';

/** What is known of the sender of a mark, as of one moment. */
interface View {
  readonly isRead: boolean;
  readonly room: MarkRoom;
  /** The number of what is remembered of this reader and sender, where anything is. */
  readonly history: number | undefined;
  /** Up to when messages are refused. */
  readonly forgotten: number;
}

/** The marks of all readers. */
export class SqliteReadMarks {
  readonly #connection: SqliteConnection;
  readonly #limits: Pick<StoreLimits, 'readMarks' | 'readMarksAge'>;
  readonly #clock: Clock;

  constructor(connection: SqliteConnection, limits: StoreLimits, clock: Clock) {
    this.#connection = connection;
    this.#limits = limits;
    this.#clock = clock;
  }

  stateOf(mark: ReadMark): ReadState {
    const now = this.#clock.now();
    let view = this.#view(mark);
    if (view.forgotten > now) {
      this.#heal(mark, now);
      view = this.#view(mark);
    }
    if (view.isRead) return 'read';
    if (mark.time <= view.forgotten) return 'forgotten';
    return mark.time > now && this.#isFutureFull(view.room, now) ? 'early' : 'new';
  }

  /** @throws DimError `INPUT_REPLAY` when one of the marks is there already, or twice among them */
  requireNew(marks: readonly ReadMark[]): void {
    const made = new Set<string>();
    for (const mark of marks) {
      const key = readMarkKey(mark);
      if (made.has(key) || this.#isRead(mark)) throw new DimError('INPUT_REPLAY', 'the message was read before');
      made.add(key);
    }
  }

  /** Remembers a mark. */
  add(tallies: Tallies, mark: ReadMark): void {
    const now = this.#clock.now();
    const { room, history, forgotten } = this.#view(mark);
    if (tallies.get(`marks-${room}`) >= this.#limits.readMarks)
      return this.#throughWindow(tallies, room, now, (window) => {
        window.add(mark);
      });
    insertMark(this.#connection, history ?? this.#begin(mark, Math.min(forgotten, now)), mark, now);
    tallies.add(`marks-${room}`, 1);
  }

  /** @returns the number of a new history */
  #begin(mark: ReadMark, forgotten: number): number {
    return this.#connection.number(
      'INSERT INTO histories (pair, sender, forgotten) VALUES (?, ?, ?) RETURNING number',
      pairOf(mark),
      mark.sender.entityKey,
      forgotten,
    );
  }

  /** Gives a sender room among the contacts, where no stranger can push it out. */
  know(tallies: Tallies, { entityKey }: ID): void {
    const now = this.#clock.now();
    const isNew = this.#connection.run(
      'INSERT INTO contacts (id, forgotten) VALUES (?, ?) ON CONFLICT (id) DO NOTHING',
      entityKey,
      Math.min(tallies.get('marks-forgotten'), now),
    );
    if (isNew === 0) return;
    const moved = this.#connection.number(
      'SELECT count(*) FROM marks WHERE history IN (SELECT number FROM histories WHERE sender = ?)',
      entityKey,
    );
    tallies.add('marks-strangers', -moved);
    tallies.add('marks-contacts', moved);
    // It makes room as soon as it is restored.
    if (tallies.get('marks-contacts') > this.#limits.readMarks)
      this.#throughWindow(tallies, 'contacts', now, () => undefined);
  }

  /** All that says something of a mark, in one statement: what another process changes meanwhile is in it whole, or not. */
  #view(mark: ReadMark): View {
    const sender = mark.sender.entityKey;
    const row = this.#connection.get(
      `SELECT histories.number AS history, histories.forgotten AS own, contacts.forgotten AS base, tallies.value AS strangers,
         EXISTS (SELECT 1 FROM marks WHERE marks.history = histories.number AND marks.id = ?) AS is_read
       FROM (SELECT 1)
       LEFT JOIN histories ON histories.pair = ?
       LEFT JOIN contacts ON contacts.id = ?
       LEFT JOIN tallies ON tallies.name = 'marks-forgotten'`,
      mark.id,
      pairOf(mark),
      sender,
    );
    return {
      isRead: row?.['is_read'] === 1,
      room: typeof row?.['base'] === 'number' ? 'contacts' : 'strangers',
      history: typeof row?.['history'] === 'number' ? row['history'] : undefined,
      forgotten: Number(row?.['own'] ?? row?.['base'] ?? row?.['strangers'] ?? 0),
    };
  }

  #isRead(mark: ReadMark): boolean {
    const sql = 'SELECT 1 FROM marks WHERE history = (SELECT number FROM histories WHERE pair = ?) AND id = ?';
    return this.#connection.get(sql, pairOf(mark), mark.id) !== undefined;
  }

  /** A time in the future is that of a clock that was wrong: it counts up to now, once, and so heals by itself. */
  #heal(mark: ReadMark, now: number): void {
    this.#connection.transaction(() => {
      for (const [table, column, where, key] of [
        ['histories', 'forgotten', 'pair', pairOf(mark)],
        ['contacts', 'forgotten', 'id', mark.sender.entityKey],
        ['tallies', 'value', 'name', 'marks-forgotten'],
      ] as const)
        this.#connection.run(`UPDATE ${table} SET ${column} = ? WHERE ${where} = ? AND ${column} > ?`, now, key, now);
    });
  }

  /** Whether so much is dated in the future that no more of it can be remembered. */
  #isFutureFull(room: MarkRoom, now: number): boolean {
    const limit = Math.max(1, this.#limits.readMarks * FUTURE_SHARE);
    // Those of both rooms are counted in an instant.
    if (this.#connection.number('SELECT count(*) FROM marks WHERE future > ?', now) < limit) return false;
    const count = this.#connection.number(
      `SELECT count(*) FROM marks JOIN histories ON histories.number = marks.history
       WHERE marks.future > ? AND EXISTS (SELECT 1 FROM contacts WHERE contacts.id = histories.sender) = ?`,
      now,
      room === 'contacts' ? 1 : 0,
    );
    return count >= limit;
  }

  #throughWindow(tallies: Tallies, room: MarkRoom, now: number, change: (window: ReplayWindow) => void): void {
    const { readMarks, readMarksAge } = this.#limits;
    const before = loadRoom(this.#connection, room, Math.min(tallies.get('marks-forgotten'), now));
    const window = ReplayWindow.restore(before, { capacity: readMarks, maxAge: readMarksAge, clock: () => now });
    change(window);
    const after = window.toJSON();
    writeRoom(this.#connection, before, after, now);
    tallies.set('marks-forgotten', after.forgotten);
    tallies.set(`marks-${room}`, window.size);
  }
}

/** Reader and sender of a mark, as a window names them. */
function pairOf(mark: ReadMark): string {
  return readMarkKey(mark).slice(0, -` ${mark.id}`.length);
}

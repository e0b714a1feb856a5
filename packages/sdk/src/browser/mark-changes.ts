/**
 * What a commit changes of read marks.
 *
 * What is done with each message touches a few records. Making room, once for many messages, is left to a `ReplayWindow`
 * that is restored from all of them: so there is one rule of what is forgotten, and up to when messages are refused then.
 */
import { DimError, readMarkKey, ReplayWindow, type ReadMark, type ReadState } from 'dimp';
import type { StoreLimits } from '../store/store-limits.ts';
import type { CommitTables } from './commit-tables.ts';
import { countFuture, loadRoom, markRecord, pairRange, writeRoom } from './mark-rooms.ts';
import { EMPTY_ROOM, isUnsettled, pairOf, stateOf, viewOf } from './read-marks.ts';
import type { MarkRoom, MarkRoomRecord } from './schema.ts';

type Rooms = Record<MarkRoom, MarkRoomRecord>;

const ROOMS: readonly MarkRoom[] = ['contacts', 'strangers'];

/** See the top of the file. */
export class MarkChanges {
  readonly #tables: CommitTables;
  readonly #limits: StoreLimits;
  readonly #now: number;
  #rooms: Rooms | undefined;

  constructor(tables: CommitTables, limits: StoreLimits, now: number) {
    this.#tables = tables;
    this.#limits = limits;
    this.#now = now;
  }

  /** A mark that will be made. */
  expect(mark: ReadMark): void {
    this.#tables.histories.expect(pairOf(mark));
    this.expectKnown(mark.sender.entityKey);
  }

  /** A sender who will be known. */
  expectKnown(sender: string): void {
    this.#tables.contacts.expect(sender);
    for (const room of ROOMS) this.#tables.markRooms.expect(room);
  }

  /** @throws DimError `INPUT_REPLAY` when one of the marks is there already, or twice among them */
  async requireNew(marks: readonly ReadMark[]): Promise<void> {
    const store = this.#tables.writer.transaction.objectStore('marks');
    const texts = new Set(marks.map(readMarkKey));
    const found = await Promise.all(marks.map((mark) => store.getKey([pairOf(mark), mark.id])));
    if (texts.size < marks.length || found.some((key) => key !== undefined))
      throw new DimError('INPUT_REPLAY', 'the message was read before');
  }

  /** Remembers a mark. */
  async add(mark: ReadMark): Promise<void> {
    const rooms = await this.#openRooms();
    const sender = mark.sender.entityKey;
    const base = await this.#baseOf(sender, rooms);
    const name = (await this.#tables.isContact(sender)) ? 'contacts' : 'strangers';
    const room = rooms[name];
    if (room.size >= this.#limits.readMarks)
      return this.#throughWindow(name, (window) => {
        window.add(mark);
      });
    const pair = pairOf(mark);
    if ((await this.#tables.histories.get(pair)) === undefined)
      this.#tables.histories.put(pair, { sender, forgotten: base });
    const isFuture = mark.time > this.#now;
    const record = markRecord(mark.time, this.#now);
    const { writer } = this.#tables;
    writer.queue(writer.transaction.objectStore('marks').put(record, [pair, mark.id]));
    rooms[name] = {
      ...room,
      size: room.size + 1,
      future: room.future + (isFuture ? 1 : 0),
      earliest: isFuture ? Math.min(room.earliest, mark.time) : room.earliest,
    };
  }

  /** Gives a sender room among the contacts, where no stranger can push it out. */
  async know(sender: string): Promise<void> {
    if (await this.#tables.isContact(sender)) return;
    const rooms = await this.#openRooms();
    this.#tables.contacts.put(sender, { forgotten: rooms.strangers.forgotten });
    const { transaction } = this.#tables.writer;
    const pairs = await transaction.objectStore('histories').index('sender').getAllKeys(sender);
    const sizes = await Promise.all(pairs.map((pair) => transaction.objectStore('marks').count(pairRange(pair))));
    const size = sizes.reduce((sum, one) => sum + one, 0);
    if (size === 0) return;
    rooms.strangers = { ...rooms.strangers, size: rooms.strangers.size - size };
    rooms.contacts = { ...rooms.contacts, size: rooms.contacts.size + size };
    if (rooms.strangers.future > 0) await this.#recount(rooms);
    // It makes room as soon as it is restored.
    if (rooms.contacts.size > this.#limits.readMarks) await this.#throughWindow('contacts', () => undefined);
  }

  /** What is known of a mark, after what has to be written for it: see {@link isUnsettled}. */
  async settle(mark: ReadMark): Promise<ReadState> {
    const rooms = await this.#openRooms();
    await this.#baseOf(mark.sender.entityKey, rooms);
    const pair = pairOf(mark);
    const history = await this.#tables.histories.get(pair);
    if (history !== undefined && history.forgotten > this.#now)
      this.#tables.histories.put(pair, { ...history, forgotten: this.#now });
    const view = async (): ReturnType<typeof viewOf> => ({
      ...(await viewOf(this.#tables.writer.reading, mark)),
      rooms,
    });
    if (isUnsettled(await view(), mark, this.#limits, this.#now)) await this.#recount(rooms);
    return stateOf(await view(), mark, this.#limits, this.#now);
  }

  /** Writes how full the rooms are. */
  async write(): Promise<void> {
    if (this.#rooms === undefined) return;
    for (const name of ROOMS)
      if (this.#rooms[name] !== (await this.#tables.markRooms.get(name)))
        this.#tables.markRooms.put(name, this.#rooms[name]);
  }

  async #openRooms(): Promise<Rooms> {
    if (this.#rooms !== undefined) return this.#rooms;
    const contacts = (await this.#tables.markRooms.get('contacts')) ?? EMPTY_ROOM;
    const strangers = (await this.#tables.markRooms.get('strangers')) ?? EMPTY_ROOM;
    // A time in the future is that of a clock that was wrong: it counts up to now, and so heals by itself.
    const healed = strangers.forgotten > this.#now ? { ...strangers, forgotten: this.#now } : strangers;
    return (this.#rooms = { contacts, strangers: healed });
  }

  /** Up to when messages of a sender are refused of whom nothing else is remembered. */
  async #baseOf(sender: string, rooms: Rooms): Promise<number> {
    const contact = await this.#tables.contacts.get(sender);
    if (contact === undefined) return rooms.strangers.forgotten;
    if (contact.forgotten > this.#now) this.#tables.contacts.put(sender, { forgotten: this.#now });
    return Math.min(contact.forgotten, this.#now);
  }

  async #recount(rooms: Rooms): Promise<void> {
    const counts = await countFuture(this.#tables.writer.reading, this.#now);
    for (const name of ROOMS) rooms[name] = { ...rooms[name], ...counts[name] };
  }

  async #throughWindow(name: MarkRoom, change: (window: ReplayWindow) => void): Promise<void> {
    const rooms = await this.#openRooms();
    const before = await loadRoom(this.#tables.writer.reading, name, rooms.strangers.forgotten);
    const { readMarks, readMarksAge } = this.#limits;
    const options = { capacity: readMarks, maxAge: readMarksAge, clock: () => this.#now };
    const window = ReplayWindow.restore(before, options);
    change(window);
    const after = window.toJSON();
    writeRoom(this.#tables.writer, before, after, this.#now);
    const bases = new Map(before.contacts);
    for (const [contact, forgotten] of after.contacts)
      if (forgotten !== bases.get(contact)) this.#tables.contacts.put(contact, { forgotten });
    this.#tables.histories.clear();
    rooms.strangers = { ...rooms.strangers, forgotten: after.forgotten };
    const times = after.senders.flatMap(([, , seen]) => seen.map(([, time]) => time));
    const future = times.filter((time) => time > this.#now);
    const earliest = future.reduce((least, time) => Math.min(least, time), Infinity);
    rooms[name] = { ...rooms[name], size: times.length, future: future.length, earliest };
  }
}

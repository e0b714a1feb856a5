/** The waiting room: whose messages wait, and for what. It is bounded, as strangers fill it. */
import { type Content, type ID } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Table } from '../store/own-rows.ts';
import { missingKey, waitingTable, type WaitingMessage } from './waiting-table.ts';

/** How many messages of one sender wait; of those that somebody hands on, as many in all. */
export const MAX_OF_SENDER = 64;

/**
 * How many of a contact of whom no meta is known yet: anybody may write in its name what nobody can verify, and is to need many
 * messages to push out the true ones.
 */
const MAX_OF_CONTACT = 512;

/** How many of one sender wait for a clock to be right. */
const MAX_BY_TIME = 1024;

/** How many messages wait in all, and how many bytes they have. */
const MAX_MESSAGES = 4096;
const MAX_BYTES = 64 * 1024 * 1024;

/** How many bytes wait of one stranger, and of one contact: a few are not to take all the room. */
const MAX_BYTES_OF_STRANGER = 8 * 1024 * 1024;
const MAX_BYTES_OF_CONTACT = 32 * 1024 * 1024;

/** How long a message waits, in seconds: 30 days, after which nobody would take it any more. */
const MAX_AGE = 30 * 24 * 60 * 60;

/** What is known in memory of a waiting message. */
interface Entry extends Pick<WaitingMessage, 'key' | 'sender' | 'missing' | 'receivedAt'> {
  readonly size: number;
  /** Who made it wait here: the forwarder, or the sender. */
  readonly source: ID;
  /** Whose room it takes: what somebody hands on was verified to come from there, and has room of its own. */
  readonly place: string;
  /** Whether anybody may have written it: without the meta of its sender no signature is verified. */
  readonly isUnverified: boolean;
}

/** Keeps messages that wait. What it changes it stages, inside `exclusive` alone. */
export class WaitingRoom<C extends Content> {
  readonly table: Table<WaitingMessage>;
  readonly #device: OwnDevice<C>;
  readonly #isContact: (id: ID) => boolean;
  /** By the entity key of the sender. */
  readonly #entries = new Map<string, readonly Entry[]>();
  /** By place and key; and by place those that were added since {@link begin}, which are not among those yet. */
  readonly #places = new Map<string, Map<string, Entry>>();
  readonly #added = new Map<string, Map<string, Entry>>();
  /** Those that were taken out since. */
  readonly #gone = new Set<string>();
  /** How much there will be more of, with what was staged since; and those that leave next, the first ones first. */
  #ahead = { messages: 0, bytes: 0 };
  #leaving: { readonly strangers: Entry[]; readonly contacts: Entry[] } | undefined;
  #messages = 0;
  #bytes = 0;

  /** @param isContact whether the person has added somebody */
  constructor(device: OwnDevice<C>, isContact: (id: ID) => boolean) {
    this.#device = device;
    this.#isContact = isContact;
    this.table = waitingTable(device.dim);
  }

  /** Reads from the disk who waits. */
  async start(): Promise<void> {
    const { kept } = this.#device.store;
    for (let after: string | undefined; ;) {
      const senders = await kept.partitions(this.table.name, after);
      for (const sender of senders)
        for await (const message of this.table.each(kept, sender)) {
          this.#note(message);
          this.#device.sequence.after(message.receivedAt);
        }
      after = senders.at(-1);
      if (senders.length < 1000) return;
    }
  }

  /** Whether messages of a sender wait. */
  has(sender: ID): boolean {
    return this.#entries.has(sender.entityKey);
  }

  /**
   * The messages of a sender, in the order in which they came.
   * @param withEarly whether also those that wait for nothing but time
   */
  async of(senderKey: string, withEarly: boolean): Promise<readonly WaitingMessage[]> {
    const messages: WaitingMessage[] = [];
    const entries = this.#entries.get(senderKey) ?? [];
    const meant = entries.filter(({ missing }) => withEarly || missing.length > 0);
    if (meant.length === 0) return messages;
    const keys = new Set(meant.map(({ key }) => key));
    for await (const message of this.table.each(this.#device.store, senderKey))
      if (keys.has(message.key)) messages.push(message);
    return messages;
  }

  /** The senders whose messages wait for something of an identity or group. */
  sendersWaitingFor(id: ID): readonly string[] {
    return this.#sendersWhere(({ missing }) => missing.some((one) => one.endsWith(` ${id.entityKey}`)));
  }

  /**
   * The senders whose messages may be readable by now.
   * @param hasMembers whether also those that wait for members alone: who learns of members says so
   */
  senders(hasMembers: boolean): readonly string[] {
    return this.#sendersWhere(({ missing }) => hasMembers || !missing.some((one) => one.startsWith(MEMBERS)));
  }

  #sendersWhere(isMeant: (entry: Entry) => boolean): readonly string[] {
    return [...this.#entries].filter(([, entries]) => entries.some(isMeant)).map(([sender]) => sender);
  }

  /** Begins with what is on the disk: what was staged before is kept, or never will be. */
  begin(): void {
    this.#added.clear();
    this.#gone.clear();
    this.#ahead = { messages: 0, bytes: 0 };
    this.#leaving = undefined;
  }

  /**
   * Puts a message into the room.
   * @returns the senders of those that had to leave for it, which are removed already; undefined where there is no room for it
   */
  add(message: WaitingMessage): readonly ID[] | undefined {
    const entry = entryOf(message);
    const leaving = this.#leavingOf(entry);
    if (leaving === undefined) return undefined;
    for (const one of leaving) this.#takeOut(one);
    putInto(this.#added, entry);
    this.update(message);
    this.#ahead.messages++;
    this.#ahead.bytes += entry.size;
    if (this.#leaving !== undefined) this.#lineOf(entry, this.#leaving).push(entry);
    while (this.#isFull()) {
      const one = this.#nextToLeave();
      if (one === undefined) break;
      this.#takeOut(one);
      leaving.push(one);
    }
    return leaving.map(({ sender }) => sender);
  }

  /**
   * Those that leave a place for one more: what waited longest there of what nobody has verified, as what is true may come behind
   * what is not. Undefined where it has to stay outside.
   */
  #leavingOf(entry: Entry): Entry[] | undefined {
    const isContact = this.#isContact(entry.source);
    const maxBytes = isContact ? MAX_BYTES_OF_CONTACT : MAX_BYTES_OF_STRANGER;
    if (entry.size > maxBytes) return undefined;
    const there = [this.#places, this.#added]
      .flatMap((places) => [...(places.get(entry.place)?.values() ?? [])])
      .filter(({ key }) => !this.#gone.has(key));
    let [count, bytes] = [there.length + 1, there.reduce((sum, { size }) => sum + size, entry.size)];
    const limit = limitOf(entry, isContact);
    const isTooMuch = (): boolean => count > limit || bytes > maxBytes;
    const leaving: Entry[] = [];
    if (!isTooMuch()) return leaving;
    for (const one of there.filter(({ isUnverified }) => isUnverified).sort(byAge)) {
      if (!isTooMuch()) break;
      leaving.push(one);
      count--;
      bytes -= one.size;
    }
    return isTooMuch() ? undefined : leaving;
  }

  #isFull(): boolean {
    return this.#messages + this.#ahead.messages > MAX_MESSAGES || this.#bytes + this.#ahead.bytes > MAX_BYTES;
  }

  /** What waited longest, and nothing of a contact while there is something of strangers, who can be as many as they like. */
  #nextToLeave(): Entry | undefined {
    this.#leaving ??= this.#inOrderOfLeaving();
    const { strangers, contacts } = this.#leaving;
    for (const line of [strangers, contacts])
      for (let one = line.shift(); one !== undefined; one = line.shift()) if (!this.#gone.has(one.key)) return one;
    return undefined;
  }

  #inOrderOfLeaving(): { readonly strangers: Entry[]; readonly contacts: Entry[] } {
    const lines = { strangers: [], contacts: [] };
    const all = [
      ...[...this.#entries.values()].flat(),
      ...[...this.#added.values()].flatMap((place) => [...place.values()]),
    ].filter(({ key }) => !this.#gone.has(key));
    for (const entry of all.sort(byAge)) this.#lineOf(entry, lines).push(entry);
    return lines;
  }

  #lineOf({ source }: Entry, lines: { readonly strangers: Entry[]; readonly contacts: Entry[] }): Entry[] {
    return this.#isContact(source) ? lines.contacts : lines.strangers;
  }

  /** What a message waits for is something else now. */
  update(message: WaitingMessage): void {
    // It may have left meanwhile, for one of the same batch.
    if (this.#gone.has(message.key)) return;
    this.#device.store.stage({ rows: [this.table.put(message)], onceKept: () => this.#note(message) });
  }

  /** Takes a message out. */
  remove(message: WaitingMessage): void {
    this.#takeOut(entryOf(message));
  }

  /** Takes out what has waited too long. @returns how many these were */
  expire(): number {
    const limit = this.#device.clock.now() - MAX_AGE;
    let count = 0;
    for (const entry of [...this.#entries.values()].flat())
      if (entry.receivedAt < limit) {
        this.#takeOut(entry);
        count++;
      }
    return count;
  }

  #takeOut(entry: Entry): void {
    const { sender, key, size } = entry;
    takeFrom(this.#added, entry);
    if (!this.#gone.has(key)) {
      this.#gone.add(key);
      this.#ahead.messages--;
      this.#ahead.bytes -= size;
    }
    const onceKept = (): void => this.#forget(sender.entityKey, key);
    this.#device.store.stage({ rows: [this.table.remove(key)], onceKept });
  }

  #note(message: WaitingMessage): void {
    const entry = entryOf(message);
    const { entityKey } = entry.sender;
    this.#forget(entityKey, entry.key);
    this.#entries.set(entityKey, [...(this.#entries.get(entityKey) ?? []), entry]);
    putInto(this.#places, entry);
    this.#count(entry, 1);
  }

  #forget(sender: string, key: string): void {
    const entries = this.#entries.get(sender) ?? [];
    const entry = entries.find((one) => one.key === key);
    if (entry === undefined) return;
    const others = entries.filter((one) => one !== entry);
    if (others.length === 0) this.#entries.delete(sender);
    else this.#entries.set(sender, others);
    takeFrom(this.#places, entry);
    this.#count(entry, -1);
  }

  #count({ size }: Entry, sign: 1 | -1): void {
    this.#messages += sign;
    this.#bytes += sign * size;
  }
}

const MEMBERS = 'members ';

function entryOf({ key, sender, forwarder, missing, receivedAt, bytes }: WaitingMessage): Entry {
  const source = forwarder ?? sender;
  // A blank is in no ID.
  const place = forwarder === undefined ? sender.entityKey : `by ${forwarder.entityKey}`;
  const isUnverified = missing.includes(missingKey('meta', sender));
  return { key, sender, missing, receivedAt, size: bytes.length, source, place, isUnverified };
}

/** How many there may be where a message wants to wait. */
function limitOf({ missing, isUnverified, source, sender }: Entry, isContact: boolean): number {
  // What waits for nothing but time was verified: it is the sender's, and a clock is wrong.
  if (missing.length === 0) return MAX_BY_TIME;
  return isContact && isUnverified && source === sender ? MAX_OF_CONTACT : MAX_OF_SENDER;
}

function putInto(places: Map<string, Map<string, Entry>>, entry: Entry): void {
  places.set(entry.place, (places.get(entry.place) ?? new Map<string, Entry>()).set(entry.key, entry));
}

function takeFrom(places: Map<string, Map<string, Entry>>, { place, key }: Entry): void {
  const entries = places.get(place);
  entries?.delete(key);
  if (entries?.size === 0) places.delete(place);
}

function byAge(one: Entry, other: Entry): number {
  return one.receivedAt - other.receivedAt;
}

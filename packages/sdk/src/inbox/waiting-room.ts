/** The waiting room: whose messages wait, and for what. It is bounded, as strangers fill it. */
import { type Content, type ID } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';
import type { Table } from '../store/own-rows.ts';
import { waitingTable, type WaitingMessage } from './waiting-table.ts';

/** How many messages of one sender wait; of those that somebody hands on, as many in all. */
export const MAX_OF_SENDER = 64;

/** How many of one sender wait for a clock to be right. */
const MAX_BY_TIME = 1024;

/** How many messages wait in all, and how many bytes they have. */
const MAX_MESSAGES = 4096;
const MAX_BYTES = 64 * 1024 * 1024;

/** How long a message waits, in seconds: 30 days, after which nobody would take it any more. */
const MAX_AGE = 30 * 24 * 60 * 60;

/** What is known in memory of a waiting message. */
interface Entry extends Pick<WaitingMessage, 'key' | 'missing' | 'receivedAt'> {
  readonly size: number;
  /** Who made it wait here: the forwarder, or the sender. */
  readonly source: ID;
}

/** Keeps messages that wait. What it changes it stages, inside `exclusive` alone. */
export class WaitingRoom<C extends Content> {
  readonly table: Table<WaitingMessage>;
  readonly #device: OwnDevice<C>;
  readonly #isContact: (id: ID) => boolean;
  /** By the entity key of the sender. */
  readonly #entries = new Map<string, readonly Entry[]>();
  /** How many there are by their source; and how many were added since {@link begin}, which are not among those yet. */
  readonly #counts = new Map<string, number>();
  readonly #added = new Map<string, number>();
  /** How much there will be more of, with what was staged since; and those that leave next, from the last one on. */
  #ahead = { messages: 0, bytes: 0 };
  #leaving: { readonly sender: string; readonly entry: Entry }[] | undefined;
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

  /** The messages of a sender, in the order in which they came. */
  async of(senderKey: string): Promise<readonly WaitingMessage[]> {
    const messages: WaitingMessage[] = [];
    if (!this.#entries.has(senderKey)) return messages;
    for await (const message of this.table.each(this.#device.store, senderKey)) messages.push(message);
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
    this.#ahead = { messages: 0, bytes: 0 };
    this.#leaving = undefined;
  }

  /** Whether there is room for one more message of a sender. */
  hasRoom(message: WaitingMessage): boolean {
    const source = sourceOf(message).entityKey;
    const count = (this.#counts.get(source) ?? 0) + (this.#added.get(source) ?? 0);
    // What waits for nothing but time was verified: it is the sender's, and a clock is wrong.
    const limit = message.missing.length === 0 ? MAX_BY_TIME : MAX_OF_SENDER;
    return count < limit && message.bytes.length <= MAX_BYTES;
  }

  /**
   * Puts a message into the room.
   * @returns those that had to leave: what waited longest, and nothing of a contact while there is something of strangers, who
   * can be as many as they like; they are removed already
   */
  add(message: WaitingMessage): readonly string[] {
    const source = sourceOf(message).entityKey;
    this.#added.set(source, (this.#added.get(source) ?? 0) + 1);
    this.update(message);
    this.#ahead.messages++;
    this.#ahead.bytes += message.bytes.length;
    const leaving: string[] = [];
    const isFull = (): boolean =>
      this.#messages + this.#ahead.messages > MAX_MESSAGES || this.#bytes + this.#ahead.bytes > MAX_BYTES;
    if (!isFull()) return leaving;
    this.#leaving ??= this.#inOrderOfStaying();
    while (isFull()) {
      const last = this.#leaving.pop();
      if (last === undefined) break;
      this.#ahead.messages--;
      this.#ahead.bytes -= last.entry.size;
      leaving.push(last.entry.key);
      this.#stageRemoval(last.sender, last.entry.key);
    }
    return leaving;
  }

  #inOrderOfStaying(): { readonly sender: string; readonly entry: Entry }[] {
    return [...this.#entries]
      .flatMap(([sender, entries]) =>
        entries.map((entry) => ({ sender, entry, isStranger: Number(!this.#isContact(entry.source)) })),
      )
      .sort((one, other) => one.isStranger - other.isStranger || other.entry.receivedAt - one.entry.receivedAt);
  }

  /** What a message waits for is something else now. */
  update(message: WaitingMessage): void {
    this.#device.store.stage({ rows: [this.table.put(message)], onceKept: () => this.#note(message) });
  }

  /** Takes a message out. */
  remove({ sender, key }: WaitingMessage): void {
    this.#stageRemoval(sender.entityKey, key);
  }

  /** Takes out what has waited too long. @returns how many these were */
  expire(): number {
    const limit = this.#device.clock.now() - MAX_AGE;
    let count = 0;
    for (const [sender, entries] of this.#entries)
      for (const { key, receivedAt } of entries)
        if (receivedAt < limit) {
          this.#stageRemoval(sender, key);
          count++;
        }
    return count;
  }

  #stageRemoval(sender: string, key: string): void {
    this.#device.store.stage({ rows: [this.table.remove(key)], onceKept: () => this.#forget(sender, key) });
  }

  #note(message: WaitingMessage): void {
    const { sender, key, missing, receivedAt, bytes } = message;
    this.#forget(sender.entityKey, key);
    const entry = { key, missing, receivedAt, size: bytes.length, source: sourceOf(message) };
    this.#entries.set(sender.entityKey, [...(this.#entries.get(sender.entityKey) ?? []), entry]);
    this.#count(entry, 1);
  }

  #forget(sender: string, key: string): void {
    const entries = this.#entries.get(sender) ?? [];
    const entry = entries.find((one) => one.key === key);
    if (entry === undefined) return;
    const others = entries.filter((one) => one !== entry);
    if (others.length === 0) this.#entries.delete(sender);
    else this.#entries.set(sender, others);
    this.#count(entry, -1);
  }

  #count({ source, size }: Entry, sign: 1 | -1): void {
    const key = source.entityKey;
    const ofSource = (this.#counts.get(key) ?? 0) + sign;
    if (ofSource === 0) this.#counts.delete(key);
    else this.#counts.set(key, ofSource);
    this.#messages += sign;
    this.#bytes += sign * size;
  }
}

const MEMBERS = 'members ';

function sourceOf({ sender, forwarder }: WaitingMessage): ID {
  return forwarder ?? sender;
}

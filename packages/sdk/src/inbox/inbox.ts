/**
 * The inbox: payloads become messages that are read, wait, or are refused. All of it is on the disk before the network is
 * told that it need not keep them.
 *
 * bytes -> envelope -> verified and opened -> staged with its rows -> reactions -> one commit -> acknowledged -> dispatched
 */
import { DimError, ForwardContent, isDimError } from 'dimp';
import type { Content, ID, ReliableMessage } from 'dimp';
import { BoundedCache, type LongWork } from 'dimp/internal';
import { longWork } from '../device/long-work.ts';
import type { MessageOptions, OwnDevice } from '../device/own-device.ts';
import type { IncomingPayload } from '../ports/connection.ts';
import { randomKey } from './random-key.ts';
import { readInOrder, type Outcome, type Read, type Unread } from './read-messages.ts';
import { arrivalKey, type Arrival } from './arrival-table.ts';
import { Brought, MAX_FORWARDED, originOf } from './brought.ts';
import { flatten } from './flatten.ts';
import { HandedOn } from './handed-on.ts';
import { inOrderOf } from './in-order.ts';
import type { InboxHost } from './inbox-host.ts';
import { linesOf } from './lines.ts';
import { sideBySide } from './side-by-side.ts';
import { missingKey, type WaitingMessage } from './waiting-table.ts';
import type { WaitingRoom } from './waiting-room.ts';

/** How many lines of one payload are told that are no messages. */
const MAX_TOLD = 100;

/** Reads what comes in. */
export class Inbox<C extends Content> {
  readonly #device: OwnDevice<C>;
  readonly #options: MessageOptions;
  readonly #room: WaitingRoom<C>;
  readonly #host: InboxHost<C>;
  readonly #work: LongWork;
  /** When it was last looked, of a sender, at what came too early. */
  readonly #lookedAt = new BoundedCache<string, number>(LOOKED_AT);
  readonly #handedOn: HandedOn<C>;

  constructor(device: OwnDevice<C>, options: MessageOptions, room: WaitingRoom<C>, host: InboxHost<C>) {
    this.#device = device;
    this.#work = longWork(device.clock);
    this.#options = options;
    this.#room = room;
    this.#host = host;
    this.#handedOn = new HandedOn(device);
  }

  /**
   * Reads payloads, keeps what is in them, and acknowledges them.
   * @throws DimError `STORE_…`: then none is acknowledged, and all of them come again
   */
  async receive(payloads: readonly IncomingPayload[]): Promise<void> {
    await this.resume();
    try {
      await this.#process(async () => payloads.flatMap(({ bytes }) => this.#decode(bytes)));
    } catch (error) {
      if (!isOvertaken(error)) throw error;
      // Another tab reads the same messages, and was faster with one of these: each by itself, and that one is known then.
      for (const { bytes } of payloads) for (const unread of this.#decode(bytes)) await this.#processAlone(unread);
    }
    for (const payload of payloads) payload.acknowledge();
  }

  /** Reads what others have handed on, and what was left of that where the process ended in between, or failed. */
  async resume(): Promise<void> {
    while (this.#handedOn.mayHaveLeft) await this.#process(async () => this.#handedOn.left());
  }

  /** Reads what waits for something of an identity or group. */
  async retry(id: ID): Promise<void> {
    await this.#retry(this.#room.sendersWaitingFor(id));
  }

  /** Reads what waits. @param hasMembers whether also what waits for the members of groups */
  async retryAll(hasMembers: boolean): Promise<void> {
    await this.resume();
    await this.#retry(this.#room.senders(hasMembers));
  }

  async #retry(senders: readonly string[]): Promise<void> {
    for (let start = 0; start < senders.length; start += BATCH)
      await this.#process(async () => [], senders.slice(start, start + BATCH));
  }

  async #processAlone(unread: Unread): Promise<void> {
    for (let attempt = 1; ; attempt++) {
      try {
        await this.#process(async () => [unread]);
        return;
      } catch (error) {
        if (!isOvertaken(error) || attempt === MAX_OVERTAKEN) throw error;
      }
    }
  }

  #decode(bytes: Uint8Array): readonly Unread[] {
    const unread: Unread[] = [];
    let told = 0;
    for (const line of linesOf(bytes)) {
      try {
        unread.push({ message: this.#device.dim.ReliableMessage.decode(line), bytes: line });
      } catch (error) {
        if (!isDimError(error)) throw error;
        // Each line of nonsense is as good as another.
        if (told++ < MAX_TOLD) this.#host.refused({ sender: undefined, error });
      }
    }
    return unread;
  }

  async #process(find: () => Promise<readonly Unread[]>, waiting: readonly string[] = []): Promise<void> {
    const { store } = this.#device;
    try {
      await store.exclusive(async () => {
        const arrivals: Arrival<C>[] = [];
        const brought = new Brought((by, error) => this.#later(() => this.#host.refused({ sender: by, error })));
        this.#begin();
        await this.#round(await find(), waiting, arrivals, brought);
        // Several people may have handed on a history each: all of it is read, and so much at a time as one of them may bring.
        for (let next = brought.take(MAX_FORWARDED); next.length > 0; next = brought.take(MAX_FORWARDED)) {
          // Reading asks for more than is staged by key: what is staged goes to the disk whole, before any of it is half.
          await store.flush();
          this.#begin();
          await this.#round(next, [], arrivals, brought);
        }
        this.#later(() => this.#host.arrived(arrivals));
      });
    } catch (error) {
      this.#handedOn.mayHaveLeft = true;
      throw error;
    }
  }

  #begin(): void {
    this.#room.begin();
    this.#host.begin();
  }

  /** Reads messages. Those that were in them are brought. */
  async #round(
    unread: readonly Unread[],
    waiting: readonly string[],
    arrivals: Arrival<C>[],
    brought: Brought,
  ): Promise<void> {
    const bySender = await this.#bySender(unread, waiting);
    const all = await sideBySide(SIDE_BY_SIDE, bySender, async (list) =>
      readInOrder(this.#device, this.#options, list, async (...args) => this.#host.gate(...args), this.#work),
    );
    // From here to the reactions nothing is awaited: what a message changes and its rows are never kept one without the other.
    this.#handedOn.remove(unread);
    const outcomes = inOrderOf(unread, all.flat());
    const fresh: Arrival<C>[] = [];
    for (const outcome of outcomes) {
      if (outcome.is !== 'read') this.#keepAway(outcome);
      else {
        if (outcome.read.waited !== undefined) this.#room.remove(outcome.read.waited);
        fresh.push(...this.#unfold(outcome.read, brought));
      }
    }
    for (const arrival of fresh) this.#device.store.stage({ rows: this.#host.rowsOf(arrival) });
    for (const arrival of fresh) await this.#host.react(arrival);
    for (const arrival of fresh) arrivals.push(arrival);
  }

  /** Those of each sender in the order in which they came, those that waited first. */
  async #bySender(unread: readonly Unread[], waiting: readonly string[]): Promise<readonly (readonly Unread[])[]> {
    const lists = new Map<string, Unread[]>(waiting.map((sender) => [sender, []]));
    for (const one of unread) {
      const { sender } = one.message;
      if (this.#host.isBlocked(sender)) continue;
      const list = lists.get(sender.entityKey);
      if (list === undefined) lists.set(sender.entityKey, [one]);
      else list.push(one);
    }
    const whole: (readonly Unread[])[] = [];
    for (const [sender, list] of lists) {
      const waited = (await this.#room.of(sender, this.#isTimeFor(sender, list.length > 0)))
        .map((one) => this.#awakened(one))
        .filter((one) => one !== undefined);
      whole.push([...waited, ...list]);
    }
    return whole;
  }

  /** Whether to look at what came too early: not with each message of who sends many, and has sent many too early. */
  #isTimeFor(sender: string, hasNew: boolean): boolean {
    const now = this.#device.clock.now();
    const before = this.#lookedAt.get(sender);
    // A clock that was wrong may be right now, in either direction.
    if (hasNew && before !== undefined && Math.abs(now - before) < EARLY_INTERVAL) return false;
    this.#lookedAt.set(sender, now);
    return true;
  }

  #awakened(waited: WaitingMessage): Unread | undefined {
    const { bytes, forwarder } = waited;
    try {
      return { message: this.#device.dim.ReliableMessage.decode(bytes), bytes, forwarder, waited };
    } catch (error) {
      if (!isDimError(error)) throw error;
      // It was read before it was kept: limits are smaller than they were.
      this.#room.remove(waited);
      return undefined;
    }
  }

  #keepAway(outcome: Exclude<Outcome<C>, { readonly is: 'read' }>): void {
    const { waited, message, bytes, forwarder } = outcome.unread;
    const { sender } = message;
    if (outcome.is === 'refused') {
      if (waited !== undefined) this.#room.remove(waited);
      // Whoever forwards a history sends to each member what others have sent already.
      if (outcome.error.code !== 'INPUT_REPLAY')
        this.#later(() => this.#host.refused({ sender, error: outcome.error }));
      return;
    }
    this.#later(() => this.#host.want(outcome.missing));
    const missing = [...new Set(outcome.missing.map(({ what, id }) => missingKey(what, id)))];
    if (waited !== undefined) {
      if (waited.missing.join('\n') !== missing.join('\n')) this.#room.update({ ...waited, missing });
      return;
    }
    const receivedAt = this.#device.sequence.next();
    const key = randomKey();
    const waiting = { key, sender, bytes: bytes ?? message.encode(), forwarder, missing, receivedAt };
    const left = this.#room.add(waiting);
    if (left === undefined) this.#noRoom(sender, 'more than may wait of one sender');
    else for (const one of left) this.#noRoom(one, 'made room for newer ones that wait');
  }

  #noRoom(sender: ID, what: string): void {
    this.#later(() => this.#host.refused({ sender, error: new DimError('INPUT_LIMIT', what) }));
  }

  /** The contents of a message one by one. The messages in it that are for this person or for all are brought. */
  #unfold(read: Read<C>, brought: Brought): readonly Arrival<C>[] {
    const { unpacked, forwarder, message, bytes, waited } = read;
    const { content, sender, wasEncrypted, introduction } = unpacked;
    const origin = originOf(read);
    if (introduction === 'kept') this.#later(() => this.#host.introduced(sender, undefined));
    else if (isDimError(introduction)) this.#later(() => this.#host.introduced(sender, introduction));
    const contents: Arrival<C>[] = [];
    const messages: ReliableMessage[] = [];
    for (const [index, one] of flatten(content).entries()) {
      if (this.#host.isOfSession(one, sender, forwarder === undefined && waited === undefined)) continue;
      const order = this.#device.sequence.next();
      const key = arrivalKey(read.key, index);
      const common = {
        content: one,
        sender,
        group: one.group ?? content.group,
        wasEncrypted,
        message,
        bytes,
        key,
        order,
      };
      const mayReply = (forwarder === undefined || forwarder.equals(sender)) && origin.answers-- > 0;
      contents.push({ ...common, receivedAt: this.#device.clock.now(), mayReply, isReacted: false });
      if (one instanceof ForwardContent)
        messages.push(...one.messages.filter((inner) => this.#isForUs(inner.receiver)));
    }
    for (const inner of brought.allowed(read, origin, messages))
      brought.add(this.#handedOn.add(inner, sender), read, origin);
    return contents;
  }

  #isForUs(receiver: ID): boolean {
    return receiver.isBroadcast || this.#device.isSelf(receiver);
  }

  #later(tell: () => void): void {
    this.#device.store.stage({ onceKept: tell });
  }
}

/** Of how many senders messages are opened at a time. One step for many is faster than all steps of one after the other. */
const SIDE_BY_SIDE = 24;

/** Of how many senders it is known when that was. */
const LOOKED_AT = 1000;

/** How long what came too early waits at least, where more comes of its sender, in seconds. */
const EARLY_INTERVAL = 60;

/** How many senders are tried again in one commit. */
const BATCH = 100;

/** How often another tab may be faster with one message. */
const MAX_OVERTAKEN = 3;

function isOvertaken(error: unknown): boolean {
  return isDimError(error) && (error.code === 'INPUT_REPLAY' || error.code === 'STORE_CONFLICT');
}

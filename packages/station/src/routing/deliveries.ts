/** Passing messages on: kept first, then sent to who is there, and the sender is told. */
import { DimError, EntityType, isDimError, type ID, type JsonMap, type ReliableMessage } from 'dimp';
import { deliveryReceipt } from '../messages/receipts.ts';
import { fieldsToAdd, withFields } from '../messages/station-fields.ts';
import type { Delivery, PostOffice } from './post-office.ts';
import type { Box, Posting } from '../ports/mailbox.ts';
import type { Neighbors, PassedMessage } from '../ports/neighbors.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Arrival } from './arrivals.ts';
import { fromOf, isForPart, traceHere, withEnvelope } from './envelopes.ts';
import { boxesOf } from './boxes.ts';
import type { Replies } from './replies.ts';
import { ReceiptsElsewhere } from './receipts-elsewhere.ts';
import { tracesOf } from './trace-guard.ts';

/** A message that waits for a user who is away. */
export interface CachedMessage {
  readonly sender: ID;
  /** At the terminal, where it is for one. */
  readonly receiver: ID;
  readonly group: ID | undefined;
  /** Whether the envelope says that it is for a group, where it does not say for which. */
  readonly isForGroup: boolean;
  /** The type of the content in decimal digits, where the envelope says it. */
  readonly type: string | undefined;
  /** In seconds since 1970. */
  readonly time: number;
}

/** What {@link Deliveries} are made of. */
export interface DeliveriesOptions {
  readonly parts: StationParts;
  readonly replies: Replies;
  readonly postOffice: PostOffice;
  readonly neighbors: Neighbors;
  /** A visa without a terminal is known of a user: see `Presence`. */
  readonly giveBack: (user: ID) => Promise<void>;
  /** Told of what waits, unless the receiver has muted it. */
  readonly cached?: ((message: CachedMessage) => void) | undefined;
}

/** A message that goes to a user, and where. */
interface Outgoing {
  readonly arrival: Arrival;
  readonly receiver: ID;
  readonly boxes: readonly Box[];
  readonly isFromStranger: boolean;
  readonly isToStranger: boolean;
  /** What the station writes into the envelope. */
  readonly envelope: JsonMap;
  readonly bytes: Uint8Array;
}

/** Bytes that a client may have untaken, and is sent what is kept for nobody. */
const MOST_UNTAKEN = 256 * 1024;

/** The type of contents that are commands, where an envelope says it. */
const COMMAND = '136';

/** Called for a message of which nothing becomes. */
export type Refuse = (arrival: Arrival, error: unknown) => void;

/** Delivers messages of sessions. */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #parts: StationParts;
  readonly #elsewhere: ReceiptsElsewhere;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
    this.#parts = options.parts;
    this.#elsewhere = new ReceiptsElsewhere(options.parts, options.replies);
  }

  /**
   * Delivers messages of a session, in their order.
   * @returns those that need not be delivered again when they come again
   * @throws DimError `STORE_…`: they are not settled, so they come again
   */
  async deliver(session: Session, arrivals: readonly Arrival[], refuse: Refuse): Promise<readonly Arrival[]> {
    const outgoing: Outgoing[] = [];
    for (const arrival of arrivals) {
      try {
        const one = await this.#prepare(session, arrival);
        if (one !== undefined) outgoing.push(one);
      } catch (error) {
        refuse(arrival, error);
      }
    }
    const keptAt = this.#parts.ages.now();
    const postings = outgoing.map(({ arrival, boxes, isFromStranger, isToStranger, bytes }): Posting => ({
      boxes,
      sender: arrival.received.message.sender.entityKey,
      isFromStranger,
      isToStranger,
      bytes,
      mark: arrival.received.mark,
      keptAt,
    }));
    const [deliveries] = await Promise.all([
      postings.length === 0 ? [] : this.#options.postOffice.post(postings),
      this.#noteCorrespondents(session, outgoing),
    ]);
    const passed: Arrival[] = [];
    for (const [index, one] of outgoing.entries()) {
      one.arrival.settle();
      const outcomes = deliveries[index] ?? [];
      if (!outcomes.every(isFull)) passed.push(one.arrival);
      // Where one device gets it, clients are not to hear first that another one does not.
      const [full, taken] = [outcomes.filter(isFull), outcomes.filter((outcome) => !isFull(outcome))];
      for (const outcome of [...taken, ...full]) await this.#tryTold(session, one, outcome);
    }
    return passed;
  }

  /** What one receiver's box ends with takes nothing from what else has come over the connection: the message is kept. */
  async #tryTold(session: Session, outgoing: Outgoing, outcome: Delivery): Promise<void> {
    try {
      await this.#told(session, outgoing, outcome);
    } catch (error) {
      if (!isDimError(error) || error.code.startsWith('STORE_')) throw error;
      const { code, path } = error;
      this.#parts.logger.error('a sender could not be told of a message', { code, path });
    }
  }

  /** Whoever writes to somebody from here wants to hear from that one. Of a command, as a receipt, a client may not ask its user. */
  async #noteCorrespondents(session: Session, outgoing: readonly Outgoing[]): Promise<void> {
    if (session.isOfNeighbor) return;
    for (const { arrival, receiver } of outgoing) {
      const { sender, envelope } = arrival.received.message;
      if (envelope.type !== COMMAND) await this.#parts.correspondents.wrote(sender, receiver);
    }
  }

  /** @returns undefined for what is dealt with already @throws DimError why it is refused */
  async #prepare(session: Session, arrival: Arrival): Promise<Outgoing | undefined> {
    const { message } = arrival.received;
    const traces = tracesOf(message.fields, this.#parts.self.toString());
    const receiver = this.#receiverOf(message);
    // What is kept for a user may come back, as its receiver does. What is not kept would go around.
    const isLost = receiver?.type === EntityType.STATION && (traces.isHere || traces.isFull);
    if (receiver === undefined || isLost) {
      arrival.settle();
      return undefined;
    }
    const envelope = { ...fromOf(this.#parts.dim, session, message), traces: [...traces.list, traceHere(this.#parts)] };
    const bytes = withEnvelope(arrival.received, envelope);
    if (receiver.isGroup) {
      // Groups are split by their members, or by bots.
      this.#say(session, arrival, deliveryReceipt('Group message not allow for this station', message, { envelope }));
    } else if (receiver.type === EntityType.STATION) {
      this.#passToStation(session, arrival, receiver, { bytes, envelope });
    } else if (await this.#parts.lists.has('block', receiver, message.sender, message.envelope.group)) {
      arrival.settle();
    } else if (this.#isOfStation(session, message.sender)) {
      await this.#pushOnly(session, arrival, receiver, bytes);
    } else {
      const terminals = await this.#parts.directory.terminalsOf(receiver);
      if (terminals.includes('')) await this.#options.giveBack(receiver);
      const boxes =
        receiver.terminal !== undefined && isForPart(message)
          ? [{ user: receiver.entityKey, terminal: receiver.terminal }]
          : boxesOf(this.#parts.dim, message, receiver, terminals);
      const isFromStranger = !(await this.#parts.correspondents.has(receiver, message.sender));
      // Who has logged in at a neighbor is no invention either.
      const isToStranger =
        !(await this.#parts.directory.isUser(receiver)) && (await this.#parts.logins.of(receiver)).length === 0;
      return { arrival, receiver, boxes, isFromStranger, isToStranger, envelope, bytes };
    }
    return undefined;
  }

  /**
   * Who gets a message; undefined for a name that stands for nobody else.
   * @throws DimError `INPUT_CONFLICT` where a station has turned it to another than it was written for
   */
  #receiverOf({ receiver, sender, fields }: ReliableMessage): ID | undefined {
    const part = fields['rcpt'] === undefined ? undefined : this.#parts.dim.ID.tryParse(fields['rcpt']);
    if (part !== undefined && !receiver.isBroadcast) {
      if (part.equals(receiver)) return part;
      throw new DimError('INPUT_CONFLICT', 'is another than the receiver', { path: 'rcpt' });
    }
    // Of a name, the station of the sender knows whom it stands for.
    if (part !== undefined && !part.isBroadcast && !part.isGroup && !receiver.isGroup)
      return part.equals(this.#parts.self) ? undefined : part;
    if (!receiver.isBroadcast || receiver.isGroup) return receiver;
    const found = receiver.name === undefined ? undefined : this.#parts.names.of(receiver.name);
    if (found === undefined || found.isBroadcast || found.equals(sender) || found.equals(this.#parts.self))
      return undefined;
    return found;
  }

  #passToStation(
    session: Session,
    arrival: Arrival,
    station: ID,
    { bytes, envelope }: { readonly bytes: Uint8Array; readonly envelope: JsonMap },
  ): void {
    const { message, signature } = arrival.received;
    const neighbor = station.toString();
    const passing = this.#options.neighbors.pass({ bytes, signature }, station);
    const text = passing === 'redirected' ? 'Message redirected.' : 'Message not delivered.';
    this.#say(session, arrival, deliveryReceipt(text, message, { envelope, neighbor }));
  }

  /**
   * Whether it is what a station says that this one trusts. Whatever else an envelope says, nobody else has a way past the boxes of
   * users: as a station, anybody may sign.
   */
  #isOfStation({ isOfNeighbor, user }: Session, sender: ID): boolean {
    const { self } = this.#parts;
    if (sender.type !== EntityType.STATION || !(isOfNeighbor || user?.equals(self) === true)) return false;
    return sender.equals(self) || this.#options.neighbors.isTrusted(sender);
  }

  /**
   * What stations say is kept for nobody, and dropped for who takes little: nobody is ended for what was not asked for. Who is at
   * another station hears it there.
   */
  async #pushOnly(session: Session, arrival: Arrival, receiver: ID, bytes: Uint8Array): Promise<void> {
    const whole = {
      bytes: withFields(bytes, fieldsToAdd({ rcpt: receiver.toString() })),
      signature: arrival.received.signature,
    };
    const here = this.#parts.sessions.of(receiver).filter(({ isActive, terminal = '' }) => {
      const isMeant = receiver.terminal === undefined || receiver.terminal === terminal;
      return isActive && isMeant;
    });
    for (const { link } of here) {
      if (link.waitingBytes <= MOST_UNTAKEN) link.send(whole);
      else this.#parts.meter.add('dropped');
    }
    if (here.length === 0 && !tracesOf(arrival.received.message.fields, this.#parts.self.toString()).isHere)
      await this.#passAfter(session, receiver, whole);
    arrival.settle();
  }

  /** Passes on what is not kept to the stations where a user has said to be. */
  async #passAfter(session: Session, receiver: ID, message: PassedMessage): Promise<void> {
    const { neighbors } = this.#options;
    const terminals = receiver.terminal === undefined ? undefined : [receiver.terminal];
    const logins = await this.#parts.logins.of(receiver);
    const at = logins.filter(({ terminal }) => terminals?.includes(terminal) ?? true).map(({ station }) => station);
    for (const name of new Set(at)) {
      const station = name === undefined ? undefined : this.#parts.dim.ID.tryParse(name);
      if (station !== undefined && neighbors.isTrusted(station) && session.user?.equals(station) !== true)
        neighbors.pass(message, station);
    }
  }

  async #told(session: Session, outgoing: Outgoing, { box, is, isOnItsWay }: Delivery): Promise<void> {
    const { arrival, receiver, envelope } = outgoing;
    const { message } = arrival.received;
    const recipient = box.terminal === '' ? receiver.entity : receiver.at(box.terminal);
    const full = { ...envelope, rcpt: recipient.toString() };
    if (is === 'full')
      return this.#say(session, arrival, deliveryReceipt('Mailbox full.', message, { envelope: full }));
    if (isOnItsWay) {
      const more = { envelope: full, recipient: recipient.toString() };
      return this.#say(session, arrival, deliveryReceipt('Message delivered.', message, more));
    }
    const from = session.isOfNeighbor ? session.user : undefined;
    const station = await this.#options.neighbors.forward(receiver, box.terminal, from);
    if (station !== undefined) {
      const more = { envelope: full, neighbor: station.toString() };
      return this.#say(session, arrival, deliveryReceipt('Message redirected.', message, more));
    }
    this.#say(session, arrival, deliveryReceipt('Message cached.', message, { envelope: full }));
    if (is === 'kept') await this.#notify(message, recipient);
  }

  async #notify(message: ReliableMessage, receiver: ID): Promise<void> {
    const { cached } = this.#options;
    if (cached === undefined || receiver.type !== EntityType.USER) return;
    // Nobody is woken for what a station says.
    if (message.sender.type === EntityType.STATION) return;
    // Nobody has to be woken who has never been here.
    if (!(await this.#parts.directory.isUser(receiver))) return;
    const { sender, envelope } = message;
    if (await this.#parts.lists.has('mute', receiver, sender, envelope.group)) return;
    const time = message.time ?? this.#parts.clock.now();
    const { group, type } = envelope;
    cached({ sender, receiver, group, isForGroup: message.fields['GF'] === true, type, time });
  }

  /** Tells who sent a message. */
  #say(session: Session, arrival: Arrival, receipt: JsonMap): void {
    arrival.settle();
    const { sender } = arrival.received.message;
    if (sender.type === EntityType.STATION) return;
    if (session.isOfNeighbor) this.#elsewhere.say(session, arrival, receipt);
    else this.#options.replies.say(session, session.addressOf(sender), [receipt]);
  }
}

function isFull({ is }: Delivery): boolean {
  return is === 'full';
}

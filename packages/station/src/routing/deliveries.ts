/** Passing messages on: kept first, then sent to who is there, and the sender is told. */
import { EntityType, type ID, type JsonMap, type JsonValue, type ReliableMessage } from 'dimp';
import { textsOf } from '../directory/items-of.ts';
import type { ReceivedMessage } from '../messages/received-message.ts';
import { deliveryReceipt } from '../messages/receipts.ts';
import { fieldsToAdd, hasStationFields, withFields, withoutStationFields } from '../messages/station-fields.ts';
import type { Delivery, PostOffice } from './post-office.ts';
import type { Box, Posting } from '../ports/mailbox.ts';
import type { Neighbors } from '../ports/neighbors.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Arrival } from './arrivals.ts';
import { boxesOf } from './boxes.ts';
import type { Replies } from './replies.ts';
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
  /** Another station has a message: it need not be kept here. */
  readonly passed: (box: Box, position: number) => void;
  /** Told of what waits, unless the receiver has muted it. */
  readonly cached?: ((message: CachedMessage) => void) | undefined;
}

/** A message that goes to a user, and where. */
interface Outgoing {
  readonly arrival: Arrival;
  readonly receiver: ID;
  readonly boxes: readonly Box[];
  /** What the station writes into the envelope. */
  readonly envelope: JsonMap;
  readonly bytes: Uint8Array;
}

/** Called for a message of which nothing becomes. */
export type Refuse = (arrival: Arrival, error: unknown) => void;

/** Delivers messages of sessions. */
export class Deliveries {
  readonly #options: DeliveriesOptions;
  readonly #parts: StationParts;

  constructor(options: DeliveriesOptions) {
    this.#options = options;
    this.#parts = options.parts;
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
    const keptAt = this.#parts.clock.now();
    const postings = outgoing.map(({ arrival, boxes, bytes }): Posting => ({
      boxes,
      bytes,
      mark: arrival.received.mark,
      keptAt,
    }));
    const deliveries = postings.length === 0 ? [] : await this.#options.postOffice.post(postings);
    const passed: Arrival[] = [];
    for (const [index, one] of outgoing.entries()) {
      one.arrival.settle();
      const outcomes = deliveries[index] ?? [];
      if (outcomes.some((outcome) => outcome.is !== 'full')) passed.push(one.arrival);
      for (const outcome of outcomes) await this.#told(session, one, outcome);
    }
    return passed;
  }

  /** A message that is for all stations. */
  passToAll(session: Session, received: ReceivedMessage): void {
    const { neighbors } = this.#options;
    const traces = tracesOf(received.message.fields, this.#parts.self.toString());
    if (traces === undefined) return;
    const been = new Set(textsOf(received.message.fields, 'recipients'));
    const targets = neighbors
      .all()
      .filter((station) => !been.has(station.toString()) && session.user?.equals(station) !== true);
    if (targets.length === 0) return;
    const recipients = [...been, ...targets.map((station) => station.toString())];
    const bytes = this.#withEnvelope(received, { traces: [...traces, this.#trace()], recipients });
    for (const station of targets) neighbors.pass({ bytes, signature: received.signature }, station);
  }

  /** @returns undefined for what is dealt with already @throws DimError why it is refused */
  async #prepare(session: Session, arrival: Arrival): Promise<Outgoing | undefined> {
    const { message } = arrival.received;
    const traces = tracesOf(message.fields, this.#parts.self.toString());
    const receiver = traces === undefined ? undefined : this.#receiverOf(message);
    if (receiver === undefined || traces === undefined) {
      arrival.settle();
      return undefined;
    }
    const envelope = { ...fromOf(session, message), traces: [...traces, this.#trace()] };
    const bytes = this.#withEnvelope(arrival.received, envelope);
    if (receiver.isGroup) {
      // Groups are split by their members, or by bots.
      this.#say(session, arrival, deliveryReceipt('Group message not allow for this station', message, { envelope }));
    } else if (receiver.type === EntityType.STATION) {
      this.#passToStation(session, arrival, receiver, { bytes, envelope });
    } else if (message.sender.type === EntityType.STATION || message.envelope.group?.isBroadcast === true) {
      this.#pushOnly(arrival, receiver, bytes);
    } else {
      const {
        sender,
        envelope: { group },
      } = message;
      if (await this.#parts.lists.has('block', receiver, sender, group)) {
        arrival.settle();
        return undefined;
      }
      const terminals = await this.#parts.directory.terminalsOf(receiver);
      const boxes =
        receiver.terminal !== undefined && isForPart(message)
          ? [{ user: receiver.entityKey, terminal: receiver.terminal }]
          : boxesOf(this.#parts.dim, message, receiver, terminals);
      return { arrival, receiver, boxes, envelope, bytes };
    }
    return undefined;
  }

  /** Who gets a message; undefined for a name that stands for nobody else. */
  #receiverOf({ receiver, sender, fields }: ReliableMessage): ID | undefined {
    const part = fields['rcpt'] === undefined ? undefined : this.#parts.dim.ID.tryParse(fields['rcpt']);
    if (part !== undefined) return part;
    if (!receiver.isBroadcast || receiver.isGroup) return receiver;
    const found = receiver.name === undefined ? undefined : this.#parts.names.of(receiver.name);
    if (found === undefined || found.isBroadcast || found.equals(sender) || found.equals(this.#parts.self))
      return undefined;
    return found;
  }

  #withEnvelope({ bytes, message }: ReceivedMessage, envelope: JsonMap): Uint8Array {
    const names = new Set([...Object.keys(envelope), 'rcpt', 'neighbor']);
    const rest = hasStationFields(message.fields, names) ? withoutStationFields(bytes, names) : bytes;
    return withFields(rest, fieldsToAdd(envelope));
  }

  #trace(): JsonValue {
    const id = this.#parts.self.toString();
    return { ID: id, did: id, time: this.#parts.clock.now() };
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

  /** What stations say is kept for nobody. */
  #pushOnly(arrival: Arrival, receiver: ID, bytes: Uint8Array): void {
    const whole = withFields(bytes, fieldsToAdd({ rcpt: receiver.toString() }));
    for (const { link, isActive, terminal = '' } of this.#parts.sessions.of(receiver)) {
      const isMeant = receiver.terminal === undefined || receiver.terminal === terminal;
      if (isActive && isMeant) link.send({ bytes: whole, signature: arrival.received.signature });
    }
    arrival.settle();
  }

  async #told(session: Session, outgoing: Outgoing, { box, is, isOnItsWay, position }: Delivery): Promise<void> {
    const { arrival, receiver, envelope, bytes } = outgoing;
    const { message, signature } = arrival.received;
    const recipient = box.terminal === '' ? receiver.entity : receiver.at(box.terminal);
    const full = { ...envelope, rcpt: recipient.toString() };
    if (is === 'full')
      return this.#say(session, arrival, deliveryReceipt('Mailbox full.', message, { envelope: full }));
    if (isOnItsWay) {
      const more = { envelope: full, recipient: recipient.toString() };
      return this.#say(session, arrival, deliveryReceipt('Message delivered.', message, more));
    }
    const station = await this.#roamingAt(receiver, box.terminal);
    if (station !== undefined && position !== undefined) {
      const passed = { bytes: withFields(bytes, fieldsToAdd({ rcpt: recipient.toString() })), signature };
      const passing = this.#options.neighbors.pass(passed, station, () => this.#options.passed(box, position));
      if (passing === 'redirected') {
        const more = { envelope: full, neighbor: station.toString() };
        return this.#say(session, arrival, deliveryReceipt('Message redirected.', message, more));
      }
    }
    this.#say(session, arrival, deliveryReceipt('Message cached.', message, { envelope: full }));
    if (is === 'kept') await this.#notify(message, recipient);
  }

  /** The station where a user said last to be, for a terminal; undefined for this one, or none that is trusted. */
  async #roamingAt(user: ID, terminal: string): Promise<ID | undefined> {
    const logins = await this.#parts.logins.of(user);
    const last = logins.find((login) => login.terminal === terminal);
    const station = last?.station === undefined ? undefined : this.#parts.dim.ID.tryParse(last.station);
    if (station === undefined || station.equals(this.#parts.self)) return undefined;
    return this.#options.neighbors.isTrusted(station) ? station : undefined;
  }

  async #notify(message: ReliableMessage, receiver: ID): Promise<void> {
    const { cached } = this.#options;
    if (cached === undefined || receiver.type !== EntityType.USER) return;
    const { sender, envelope } = message;
    if (await this.#parts.lists.has('mute', receiver, sender, envelope.group)) return;
    const time = message.time ?? this.#parts.clock.now();
    const { group, type } = envelope;
    cached({ sender, receiver, group, isForGroup: message.fields['GF'] === true, type, time });
  }

  /** Tells who sent a message. Those of neighbors are told by their own stations. */
  #say(session: Session, arrival: Arrival, receipt: JsonMap): void {
    arrival.settle();
    const { sender } = arrival.received.message;
    if (session.isOfNeighbor || sender.type === EntityType.STATION) return;
    this.#options.replies.say(session, session.addressOf(sender), [receipt]);
  }
}

/** Where the sender is, so that others can answer to that terminal. */
function fromOf({ isOfNeighbor, terminal }: Session, { fields }: ReliableMessage): JsonMap {
  if (isOfNeighbor) return fields['from'] === undefined ? {} : { from: fields['from'] };
  return terminal === undefined ? {} : { from: `/${terminal}` };
}

/** Whether another station has split a message already. */
function isForPart({ fields }: ReliableMessage): boolean {
  return fields['rcpt'] !== undefined;
}

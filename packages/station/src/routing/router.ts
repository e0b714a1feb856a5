/** What becomes of each message that comes to the station. */
import { DimError, EntityType, isDimError, Visa, type ID, type ReliableMessage } from 'dimp';
import type { Answer } from '../answers/answer.ts';
import { answer } from '../answers/answer-any.ts';
import { askToComeIn } from '../answers/answer-handshake.ts';
import { readMessage, type ReceivedMessage } from '../messages/received-message.ts';
import type { Neighbors } from '../ports/neighbors.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Arrival } from './arrivals.ts';
import type { Deliveries } from './deliveries.ts';
import type { Presence } from './presence.ts';
import { Refusals } from './refusals.ts';
import type { Replies } from './replies.ts';
import { Suspended } from './suspended.ts';
import { TraceGuard } from './trace-guard.ts';

/** What a {@link Router} is made of. */
export interface RouterOptions {
  readonly parts: StationParts;
  readonly replies: Replies;
  readonly deliveries: Deliveries;
  readonly presence: Presence;
  readonly neighbors: Neighbors;
  /** What may wait for the login of one connection. */
  readonly waiting: { readonly messages: number; readonly bytes: number };
}

/** A message that is to be delivered, or what became of it already. */
type Verdict = DimError | 'verified';

/** Routes messages: those of one connection in order. */
export class Router {
  readonly #options: RouterOptions;
  readonly #parts: StationParts;
  readonly #refusals: Refusals;
  readonly #guard: TraceGuard;
  readonly #suspended = new WeakMap<Session, Suspended>();

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#parts = options.parts;
    this.#refusals = new Refusals(options.parts, options.replies);
    this.#guard = new TraceGuard(options.parts.clock);
  }

  /** @throws DimError for what is no message */
  read(session: Session, bytes: Uint8Array): ReceivedMessage {
    return readMessage(this.#parts.dim, bytes, session.isOfNeighbor);
  }

  refused(session: Session, error: DimError): void {
    this.#refusals.unreadable(session, error);
  }

  /** Works on messages of a connection, in their order. @throws DimError `STORE_…`: what is not settled is not done */
  async route(session: Session, arrivals: readonly Arrival[]): Promise<void> {
    const verdicts = await Promise.all(arrivals.map(async ({ received }) => this.#verify(session, received.message)));
    let outgoing: Arrival[] = [];
    if (session.user === undefined) this.#refusals.countStrange(session, arrivals.length);
    for (const [index, arrival] of arrivals.entries()) {
      const verdict = verdicts[index];
      try {
        if (await this.#isToDeliver(session, arrival, verdict)) outgoing.push(arrival);
        else {
          // What is for the station may change who gets what is behind it.
          await this.#deliver(session, outgoing);
          outgoing = [];
          await this.#take(session, arrival);
        }
      } catch (error) {
        this.#refusals.refuse(session, arrival, error);
      }
    }
    await this.#deliver(session, outgoing);
    await this.#options.replies.room(session);
  }

  async #verify(session: Session, message: ReliableMessage): Promise<Verdict> {
    try {
      this.#checkSender(session, message.sender);
      const { introduction } = await this.#parts.reader.authenticate(message);
      const visa = message.attachedVisa && this.#parts.dim.Document.tryParse(message.attachedVisa);
      // Once somebody has come in, it is a visa as any other.
      if (session.user === undefined && visa instanceof Visa && !isDimError(introduction))
        session.terminal = visa.terminal ?? '';
      return 'verified';
    } catch (error) {
      if (isDimError(error)) return error;
      throw error;
    }
  }

  /** @throws DimError `INPUT_CONFLICT` */
  #checkSender(session: Session, sender: ID): void {
    if (session.user === undefined || session.isOfNeighbor || session.user.equals(sender)) return;
    throw new DimError('INPUT_CONFLICT', 'is not who has logged in over this connection', { path: 'sender' });
  }

  /** Whether a message goes to others. @throws DimError why it is refused */
  async #isToDeliver(session: Session, { received }: Arrival, verdict: Verdict | undefined): Promise<boolean> {
    const { message } = received;
    const { sender, receiver } = message;
    // What came just before it may have said who that is, or let somebody in.
    const last =
      isDimError(verdict) && verdict.code === 'MISSING_META' ? await this.#verify(session, message) : verdict;
    if (isDimError(last)) {
      if (last.code === 'MISSING_META') this.#options.neighbors.ask(sender);
      throw last;
    }
    this.#checkSender(session, sender);
    return session.user !== undefined && session.isActive && !this.#isOwn(receiver) && !isForAll(receiver);
  }

  /** Takes what is for the station, or has to wait. */
  async #take(session: Session, arrival: Arrival): Promise<void> {
    const { message, mark } = arrival.received;
    if (!this.#isOwn(message.receiver) && (session.user === undefined || !session.isActive)) {
      this.#suspend(session, arrival);
      return;
    }
    if (this.#guard.hasPassed(mark)) return arrival.settle();
    if (isForAll(message.receiver)) this.#options.deliveries.passToAll(session, arrival.received);
    await this.#answer(session, arrival);
    this.#guard.passed(mark);
  }

  #suspend(session: Session, arrival: Arrival): void {
    const suspended = this.#suspended.get(session) ?? new Suspended(this.#options.waiting);
    this.#suspended.set(session, suspended);
    suspended.add(arrival);
    const { sender } = arrival.received.message;
    this.#options.replies.say(session, session.addressOf(sender), [askToComeIn(session)]);
  }

  async #answer(session: Session, arrival: Arrival): Promise<void> {
    const { message } = arrival.received;
    const { reader } = this.#parts;
    const { content } = await reader.open(message);
    const sender = session.addressOf(message.sender);
    const given = await answer(this.#parts, { session, message, content, sender });
    arrival.settle();
    // Whoever writes to any station may not know this one.
    const introduce = [message.receiver, content.group].some(
      (to) => to !== undefined && (isNamed(to, 'station') || isNamed(to, 'stations')),
    );
    this.#options.replies.say(session, sender, given.contents, introduce);
    await this.#follow(session, given);
  }

  async #follow(session: Session, { hasCome = false, hasGone = false }: Answer): Promise<void> {
    const { presence, neighbors } = this.#options;
    if (hasGone) presence.hasGone(session);
    if (!hasCome || session.user === undefined) return;
    session.isOfNeighbor = session.user.type === EntityType.STATION && neighbors.isTrusted(session.user);
    await presence.hasCome(session);
    const suspended = this.#suspended.get(session)?.take() ?? [];
    if (suspended.length > 0) await this.route(session, suspended);
  }

  async #deliver(session: Session, arrivals: readonly Arrival[]): Promise<void> {
    const fresh: Arrival[] = [];
    for (const arrival of arrivals) {
      // It is kept, or was delivered: the sender has been told.
      if (this.#guard.hasPassed(arrival.received.mark)) arrival.settle();
      else fresh.push(arrival);
    }
    if (fresh.length === 0) return;
    const kept = await this.#options.deliveries.deliver(session, fresh, (arrival, error) =>
      this.#refusals.refuse(session, arrival, error),
    );
    for (const { received } of kept) this.#guard.passed(received.mark);
  }

  /** Whether something is for this station, by its ID or because it is for any. */
  #isOwn(receiver: ID): boolean {
    return receiver.equals(this.#parts.self) || isNamed(receiver, 'station') || isNamed(receiver, 'anyone');
  }
}

/** Whether something is for all stations. */
function isForAll(id: ID): boolean {
  return id.isBroadcast && id.isGroup && (id.name === 'stations' || id.name === 'everyone');
}

function isNamed(id: ID, name: string): boolean {
  return id.isBroadcast && id.name === name;
}

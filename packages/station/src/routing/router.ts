/** What becomes of each message that comes to the station. */
import { DimError, EntityType, isDimError, Visa, type ID, type ReliableMessage } from 'dimp';
import type { Answer } from '../answers/answer.ts';
import { answer } from '../answers/answer-any.ts';
import { askToComeIn } from '../answers/answer-handshake.ts';
import { networkOf } from '../link/networks.ts';
import { deliveryReceipt } from '../messages/receipts.ts';
import { readMessage, type ReceivedMessage } from '../messages/received-message.ts';
import type { Neighbors } from '../ports/neighbors.ts';
import type { Session } from '../sessions/session.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Arrival } from './arrivals.ts';
import { isForAll, isNamed } from './broadcasts.ts';
import { loginsIn } from './brought-logins.ts';
import type { Deliveries } from './deliveries.ts';
import type { Departures } from './departures.ts';
import { FairTurns } from './fair-turns.ts';
import type { Presence } from './presence.ts';
import { NOT_ACCEPTED, Refusals } from './refusals.ts';
import type { Replies } from './replies.ts';
import { StrangeStations } from './strange-stations.ts';
import { Suspended } from './suspended.ts';
import { passToAll } from './pass-to-all.ts';
import { traceOf, type TraceGuard } from './trace-guard.ts';
import { UnknownSenders } from './unknown-senders.ts';

/** What a {@link Router} is made of. */
export interface RouterOptions {
  readonly parts: StationParts;
  readonly replies: Replies;
  readonly deliveries: Deliveries;
  readonly presence: Presence;
  readonly neighbors: Neighbors;
  readonly guard: TraceGuard;
  readonly departures: Departures;
  /** What may wait for the login of one connection. */
  readonly waiting: { readonly messages: number; readonly bytes: number };
}

/** What a signature says of a message; or it was not asked, as the message waits for the login. */
type Verdict = DimError | 'verified' | 'unread';

/** Routes messages: those of one connection in order. */
export class Router {
  readonly #options: RouterOptions;
  readonly #parts: StationParts;
  readonly #refusals: Refusals;
  readonly #guard: TraceGuard;
  readonly #unknown: UnknownSenders;
  readonly #newcomers = new FairTurns();
  readonly #strangers: StrangeStations;
  readonly #suspended = new WeakMap<Session, Suspended>();

  constructor(options: RouterOptions) {
    this.#options = options;
    this.#parts = options.parts;
    this.#refusals = new Refusals(options.parts, options.replies);
    this.#guard = options.guard;
    this.#strangers = new StrangeStations(options.parts.logger);
    this.#unknown = new UnknownSenders(options.parts.clock, {
      overdue: (session, arrivals) => void this.#takeUp(session, arrivals),
      dropped: (session, arrival) => this.#refusals.forget(session, arrival),
    });
  }

  /** @throws DimError for what is no message */
  read(session: Session, bytes: Uint8Array): ReceivedMessage {
    return readMessage(this.#parts.dim, bytes, session.isOfNeighbor);
  }

  refused(session: Session, error: DimError): void {
    this.#refusals.unreadable(session, error);
  }

  /** A connection is over. */
  ended(session: Session): void {
    this.#unknown.ended(session);
  }

  /** Works on messages of a connection, in their order. @throws DimError `STORE_…`: what is not settled is not done */
  async route(session: Session, arrivals: readonly Arrival[]): Promise<void> {
    // Before they cost a signature each. They are not settled: where somebody logs in elsewhere, they may come again.
    const unread = this.#unreadOf(session, arrivals);
    if (session.hasEnded || this.#refusals.areTooMany(session, arrivals.length - unread.size)) return;
    const verdicts = await this.#verifyAll(session, arrivals, unread);
    let outgoing: Arrival[] = [];
    for (const [index, arrival] of arrivals.entries()) {
      const verdict = verdicts[index];
      try {
        if (verdict === 'unread' && session.user === undefined) this.#suspendedOf(session).add(arrival);
        else if (await this.#isToDeliver(session, arrival, verdict)) outgoing.push(arrival);
        else {
          // What is for the station may change who gets what is behind it.
          await this.#deliver(session, outgoing);
          outgoing = [];
          await this.#take(session, arrival);
        }
      } catch (error) {
        if (!this.#isToWait(session, arrival, error)) this.#refusals.refuse(session, arrival, error);
      }
    }
    await this.#deliver(session, outgoing);
    await this.#options.replies.room(session);
  }

  /**
   * Those that wait for the login: whose they are is seen then. But for one, so that somebody who is known can be asked to come in. It costs
   * no more to send many of them than to send one.
   */
  #unreadOf(session: Session, arrivals: readonly Arrival[]): ReadonlySet<Arrival> {
    if (session.user !== undefined) return new Set();
    const waiting = arrivals.filter(({ received }) => !this.#isOwn(received.message.receiver));
    return new Set(this.#suspendedOf(session).isToAsk(this.#parts.clock.now()) ? waiting.slice(1) : waiting);
  }

  /**
   * Those of a session side by side. Whoever has not come in may be anybody, and many: of all of them together one message is verified at
   * a time, and of each address in its turn, so that they take little time from the others.
   */
  async #verifyAll(
    session: Session,
    arrivals: readonly Arrival[],
    unread: ReadonlySet<Arrival>,
  ): Promise<readonly Verdict[]> {
    const verify = async ({ received }: Arrival): Promise<Verdict> => this.#verify(session, received.message);
    if (session.user !== undefined || session.isOutgoing) return Promise.all(arrivals.map(verify));
    const network = networkOf(session.link.host);
    const verdicts: Verdict[] = [];
    for (const arrival of arrivals) {
      verdicts.push(
        unread.has(arrival) || session.hasEnded
          ? 'unread'
          : await this.#newcomers.take(network, async () => verify(arrival)),
      );
    }
    return verdicts;
  }

  async #verify(session: Session, message: ReliableMessage): Promise<Verdict> {
    try {
      const isStranger = session.user === undefined;
      if (!isStranger) this.#checkSender(session, message.sender);
      const { introduction } = await this.#parts.reader.authenticate(message);
      // Once somebody has come in, it is a visa as any other.
      if (session.user === undefined && message.attachedVisa !== undefined && !isDimError(introduction)) {
        const visa = this.#parts.dim.Document.tryParse(message.attachedVisa);
        if (visa instanceof Visa) session.terminal = visa.terminal ?? '';
      }
      if (isStranger) this.#tellIfBlocked(session, message);
      this.#checkSender(session, message.sender);
      return 'verified';
    } catch (error) {
      if (isDimError(error)) return error;
      throw error;
    }
  }

  /** Who is kept out is told so, by what was signed: for anybody else to know it would be too much. */
  #tellIfBlocked(session: Session, message: ReliableMessage): void {
    const { sender, receiver } = message;
    if (!this.#parts.blocked.has(sender) || !this.#isOwn(receiver)) return;
    this.#options.replies.say(session, session.addressOf(sender), [deliveryReceipt(NOT_ACCEPTED, message)], true);
  }

  /** @throws DimError `INPUT_CONFLICT` */
  #checkSender(session: Session, sender: ID): void {
    if (this.#parts.blocked.has(sender)) throw new DimError('INPUT_CONFLICT', 'is kept out', { path: 'sender' });
    if (session.user === undefined || session.isOfNeighbor || session.user.equals(sender)) return;
    throw new DimError('INPUT_CONFLICT', 'is not who has logged in over this connection', { path: 'sender' });
  }

  /** Whether a message goes to others. @throws DimError why it is refused */
  async #isToDeliver(session: Session, { received }: Arrival, verdict: Verdict | undefined): Promise<boolean> {
    const { message } = received;
    const { sender, receiver } = message;
    // What came just before it may have said who that is, or let somebody in.
    const isToVerify = verdict === 'unread' || (isDimError(verdict) && verdict.code === 'MISSING_META');
    const last = isToVerify ? await this.#verify(session, message) : verdict;
    if (isDimError(last)) throw last;
    this.#checkSender(session, sender);
    return session.user !== undefined && session.isActive && !this.#isOwn(receiver) && !isForAll(receiver);
  }

  /** Whether a message waits until its sender is known: neighbors bring what those have written whom they know. */
  #isToWait(session: Session, arrival: Arrival, error: unknown): boolean {
    if (!isDimError(error) || error.code !== 'MISSING_META') return false;
    if (session.user !== undefined) this.#options.neighbors.ask(arrival.received.message.sender, undefined);
    return session.isOfNeighbor && !session.hasEnded && this.#unknown.add(session, arrival);
  }

  /** Takes up what has waited. */
  async #takeUp(session: Session, arrivals: readonly Arrival[]): Promise<void> {
    try {
      await this.route(session, arrivals);
    } catch (error) {
      this.#parts.logger.error('messages that waited could not be taken', { error: String(error) });
      session.link.close();
    }
  }

  /** Takes what is for the station, or has to wait. */
  async #take(session: Session, arrival: Arrival): Promise<void> {
    const { received } = arrival;
    const { message, mark } = received;
    if (!this.#isOwn(message.receiver) && (session.user === undefined || !session.isActive)) {
      this.#suspend(session, arrival);
      return;
    }
    if (this.#guard.hasPassed(mark)) return arrival.settle();
    if (isForAll(message.receiver)) passToAll(this.#parts, this.#options.neighbors, session, received);
    await this.#answer(session, arrival);
    this.#guard.passed(mark);
  }

  #suspend(session: Session, arrival: Arrival): void {
    const suspended = this.#suspendedOf(session);
    const now = this.#parts.clock.now();
    suspended.add(arrival);
    if (!suspended.isToAsk(now)) return;
    suspended.asked(now);
    const { sender } = arrival.received.message;
    this.#options.replies.say(session, session.addressOf(sender), [askToComeIn(session)]);
  }

  #suspendedOf(session: Session): Suspended {
    const suspended = this.#suspended.get(session) ?? new Suspended(this.#options.waiting);
    this.#suspended.set(session, suspended);
    return suspended;
  }

  async #answer(session: Session, arrival: Arrival): Promise<void> {
    const { message } = arrival.received;
    const { reader } = this.#parts;
    const { content } = await reader.open(message);
    const sender = session.addressOf(message.sender);
    const isNeighbor = this.#options.neighbors.isTrusted(message.sender);
    const given = await answer(this.#parts, { session, message, content, sender, isNeighbor });
    arrival.settle();
    // Whoever writes to any station may not know this one.
    const introduce = [message.receiver, content.group].some(
      (to) => to !== undefined && (isNamed(to, 'station') || isNamed(to, 'stations')),
    );
    this.#options.replies.say(session, sender, given.contents, introduce);
    await this.#follow(session, given);
  }

  async #follow(session: Session, given: Answer): Promise<void> {
    const { presence, neighbors } = this.#options;
    if (given.hasGone === true) presence.hasGone(session);
    if (given.learned !== undefined)
      for (const { session: other, arrivals } of this.#unknown.take(given.learned)) await this.#takeUp(other, arrivals);
    // What somebody invents who has not logged in is asked of nobody, and a neighbor has asked the others itself.
    if (given.missed !== undefined && session.user !== undefined && !session.isOfNeighbor)
      neighbors.ask(given.missed, session.user);
    if (given.moved !== undefined) await neighbors.forward(given.moved.user, given.moved.terminal);
    const brought = given.brought === undefined ? [] : loginsIn(this.#parts.dim, given.brought);
    if (brought.length > 0) await this.route(session, brought);
    if (given.hasCome === true) await this.#letIn(session);
  }

  async #letIn(session: Session): Promise<void> {
    const { presence, neighbors } = this.#options;
    if (session.user === undefined) return;
    const isNew = !session.isOfNeighbor;
    session.isOfNeighbor = session.user.type === EntityType.STATION && neighbors.isTrusted(session.user);
    if (session.user.type === EntityType.STATION && !session.isOfNeighbor) this.#strangers.met(session.user);
    if (session.isOfNeighbor && isNew && !session.hasEnded) neighbors.opened(session.user, session.link);
    await presence.hasCome(session);
    const suspended = this.#suspended.get(session)?.take() ?? [];
    if (suspended.length > 0) await this.route(session, suspended);
  }

  async #deliver(session: Session, arrivals: readonly Arrival[]): Promise<void> {
    const fresh: Arrival[] = [];
    for (const arrival of arrivals) {
      const trace = passageOf(arrival);
      await this.#options.departures.returned(trace);
      // It is kept, or was delivered: the sender has been told.
      if (this.#guard.hasPassed(trace)) arrival.settle();
      else fresh.push(arrival);
    }
    if (fresh.length === 0) return;
    const kept = await this.#options.deliveries.deliver(session, fresh, (arrival, error) =>
      this.#refusals.refuse(session, arrival, error),
    );
    for (const arrival of kept) this.#guard.passed(passageOf(arrival));
  }

  /** Whether something is for this station, by its ID or because it is for any. */
  #isOwn(receiver: ID): boolean {
    return receiver.equals(this.#parts.self) || isNamed(receiver, 'station') || isNamed(receiver, 'anyone');
  }
}

/** What a neighbor has split is another passage for each part. */
function passageOf({ received }: Arrival): string {
  return traceOf(received.mark, received.message.fields['rcpt']);
}

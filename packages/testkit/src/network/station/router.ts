/** What becomes of each message that comes to the station: the order of work of a base station. */
import { DimError, EntityType, isDimError, Visa, type ID, type ReliableMessage } from 'dimp';
import type { Answer } from './answer.ts';
import { answer, commandOf } from './answers.ts';
import { askToComeIn } from './answer-sessions.ts';
import { Deliveries } from './deliveries.ts';
import { explode, withFields, withoutStationFields, type Part } from './explode.ts';
import { sendReply } from './replies.ts';
import type { Session } from './session.ts';
import { Sessions } from './sessions.ts';
import type { StationContext } from './station-context.ts';
import { TraceGuard, tracesWith } from './trace-guard.ts';

/** As many messages wait for the meta or visa of their senders; of more, the oldest is dropped. */
const MAX_WAITING = 32;

/** A message of somebody who is not known yet. */
interface Waiting {
  readonly session: Session;
  readonly message: ReliableMessage;
}

/** Told of each message of which nothing becomes. */
export type Refused = (session: Session, message: ReliableMessage, error: DimError) => void;

/** Routes messages. */
export class Router {
  readonly sessions = new Sessions();
  readonly deliveries: Deliveries;
  readonly #context: StationContext;
  readonly #refused: Refused;
  readonly #guard: TraceGuard;
  #waiting: readonly Waiting[] = [];

  constructor(context: StationContext, refused: Refused) {
    this.#context = context;
    this.#refused = refused;
    this.deliveries = new Deliveries(context, this.sessions);
    this.#guard = new TraceGuard(context.clock);
  }

  /** All sessions have ended, and with them what is not stored. */
  restart(): void {
    for (const { line } of this.sessions.all()) this.sessions.remove(line);
    this.#guard.forgetAll();
    this.#waiting = [];
  }

  /** Takes a message of a client. */
  async route(session: Session, received: ReliableMessage): Promise<void> {
    await this.#attempt(session, received, async () => {
      const message = this.#onEntry(session, received);
      if (await this.#isKnown(session, message)) await this.#routeKnown(session, message);
    });
  }

  /** Nothing that is wrong with a message stops another one. */
  async #attempt(session: Session, message: ReliableMessage, action: () => Promise<void>): Promise<void> {
    try {
      await action();
    } catch (error) {
      if (!isDimError(error)) throw error;
      this.#refused(session, message, error);
    }
  }

  /** What stations write is of stations alone. */
  #onEntry(session: Session, message: ReliableMessage): ReliableMessage {
    const { dim, quirks } = this.#context;
    if (quirks.believesEnvelopes === true || session.user?.type === EntityType.STATION) return message;
    return dim.ReliableMessage.parse(withoutStationFields(message));
  }

  /** @returns false for one that waits until its sender is known */
  async #isKnown(session: Session, message: ReliableMessage): Promise<boolean> {
    const { reader, dim } = this.#context;
    try {
      const { introduction } = await reader.authenticate(message);
      const visa = message.attachedVisa && dim.Document.tryParse(message.attachedVisa);
      // Once somebody has come in, it is a visa as any other.
      if (session.user === undefined && visa instanceof Visa && !isDimError(introduction))
        session.terminal = visa.terminal ?? '';
      if (this.#context.canAnswer(message.sender)) return true;
    } catch (error) {
      if (!isDimError(error) || error.code !== 'MISSING_META') throw error;
    }
    this.#waiting = [...this.#waiting, { session, message }].slice(-MAX_WAITING);
    return false;
  }

  async #routeKnown(session: Session, given: ReliableMessage): Promise<void> {
    const { receiver } = given;
    const message = this.#withFrom(session, given);
    if (this.#isOwn(receiver)) return this.#pass(session, { message, receiver, isForNobody: false });
    if (session.user === undefined || !session.isActive) return this.#suspend(session, message);
    const { dim, id, quirks } = this.#context;
    const parts = explode(message, {
      dim,
      station: id,
      neighbors: this.sessions.stations(),
      terminalsOf: (user) => this.#context.terminalsOf(user),
      named: (name) => this.#context.named(name),
      sendsSecondPart: quirks.sendsSecondPart === true,
    });
    for (const part of parts) await this.#attempt(session, message, async () => this.#pass(session, part));
  }

  #withFrom(session: Session, message: ReliableMessage): ReliableMessage {
    const { terminal } = session;
    if (message.fields['from'] !== undefined || terminal === undefined || !session.isOf(message.sender)) return message;
    return withFields(this.#context.dim, message, { from: `/${terminal}` });
  }

  async #suspend(session: Session, message: ReliableMessage): Promise<void> {
    session.suspend(message);
    const to = session.addressOf(message.sender);
    await sendReply(this.#context, session, { to, contents: [askToComeIn(session)] });
  }

  /** @throws DimError `INPUT_REPLAY` for a part that has passed before: nobody is told */
  async #pass(session: Session, part: Part): Promise<void> {
    const { dim, id, clock } = this.#context;
    const { receiver } = part;
    if (!part.isForNobody && !this.#guard.mayPass(part.message, receiver))
      throw new DimError('INPUT_REPLAY', `has passed before, to ${receiver.toString()}`);
    const message = withFields(dim, part.message, { traces: tracesWith(part.message.fields, id, clock.now()) });
    if (this.#isOwn(receiver)) await this.#process(session, message);
    else await this.deliveries.deliver(session, { ...part, message });
  }

  /** Whether something is for this station, by its ID or because it is for any. */
  #isOwn(receiver: ID): boolean {
    return receiver.equals(this.#context.id) || isNamed(receiver, 'station') || isNamed(receiver, 'anyone');
  }

  async #process(session: Session, message: ReliableMessage): Promise<void> {
    const { reader, quirks } = this.#context;
    const { content } = await reader.open(message);
    if (quirks.asksBeforeLogin === true && session.user === undefined && commandOf(content) !== 'handshake')
      return this.#suspend(session, message);
    const sender = session.addressOf(message.sender);
    const given = await answer(this.#context, { session, message, content, sender });
    // Whoever writes to any station may not know this one.
    const introduce = [message.receiver, content.group].some(
      (to) => to !== undefined && (isNamed(to, 'station') || isNamed(to, 'stations')),
    );
    await this.#follow(session, given, async () =>
      sendReply(this.#context, session, { to: sender, contents: given.contents }, { introduce }),
    );
  }

  /** Answers, and takes up what waited for it. */
  async #follow(session: Session, { hasCome = false, learned }: Answer, send: () => Promise<void>): Promise<void> {
    const { random } = this.#context;
    const kept = hasCome ? this.deliveries.waitingFor(session) : [];
    // Some of it may come before the answer: clients must not rely on either.
    const early = random.integer(0, 1) * random.integer(1, 3);
    for (const one of kept.slice(0, early)) this.deliveries.push(session, one, true);
    await send();
    for (const one of kept.slice(early)) this.deliveries.push(session, one, true);
    const suspended = hasCome ? session.resume() : [];
    for (const message of suspended)
      await this.#attempt(session, message, async () => this.#routeKnown(session, message));
    if (learned !== undefined) await this.#takeUp(learned);
  }

  async #takeUp(learned: ID): Promise<void> {
    const ready = this.#waiting.filter(({ message }) => message.sender.equals(learned));
    this.#waiting = this.#waiting.filter((waiting) => !ready.includes(waiting));
    for (const { session, message } of ready) await this.route(session, message);
  }
}

function isNamed(id: ID, name: string): boolean {
  return id.isBroadcast && id.name === name;
}

/** What links of all framings have in common: what is read and when, what goes out, and how it ends. */
import { isDimError } from 'dimp';
import type { Link, LinkEnd, LinkUser, OutgoingPayload } from '../ports/link.ts';
import { Intake } from './intake.ts';
import type { LinkShared } from './link-shared.ts';
import type { LinkSocket } from './link-socket.ts';
import { networkOf } from './networks.ts';
import { OutgoingQueue } from './outgoing-queue.ts';
import { costOf } from './payload-cost.ts';
import { NOBODY, tellUser } from './told-user.ts';
import { WaitingShare } from './waiting-bytes.ts';

/** While more bytes wait to go out, no more is read that would have to be answered. */
const MOST_ANSWERS = 256 * 1024;
/** What a word to the framing, as `PING`, counts of a payload. */
const SIGN_COST = 0.1;
/** What a link that is closed may take to end, in seconds. */
export const MOMENT = 1;

/** A link, without what its framing says. `Unit` is what it reads: a packet or a frame. */
export abstract class FramedLink<Unit> implements Link {
  abstract readonly framing: Link['framing'];
  readonly host: string;
  readonly port: number;
  protected readonly shared: LinkShared;
  protected readonly outgoing: OutgoingQueue;
  protected readonly intake: Intake;
  /** What was sent, and is not taken or not acknowledged. */
  protected readonly waiting: WaitingShare;
  readonly #socket: LinkSocket;
  #user: LinkUser = NOBODY;
  #end: LinkEnd | undefined;
  /** When it ends, once it is being closed. */
  #closeBy: number | undefined;
  #isEnding = false;
  #heardAt: number;
  /** Whether something came since time was looked at last. */
  #isHeard = false;
  #isPaused = false;
  #isPumping = false;

  constructor(socket: LinkSocket, shared: LinkShared) {
    const now = shared.time.now();
    this.host = socket.host;
    this.port = socket.port;
    this.shared = shared;
    this.intake = new Intake({
      limits: shared.limits,
      held: shared.held,
      now,
      end: () => this.#crowdedOut('refused', 'clients bring more than there is room for', this.intake),
    });
    this.#socket = socket;
    this.#heardAt = now;
    this.waiting = new WaitingShare(shared.waiting, {
      owner: () => this.intake.user ?? networkOf(this.host),
      since: () => Math.min(this.outgoing.since, this.sentSince),
      end: () => this.#crowdedOut('slow', 'too much waits to be taken by clients', this.waiting),
    });
    this.outgoing = new OutgoingQueue(socket, {
      turn: shared.turn,
      now: () => shared.time.now(),
      share: this.waiting,
      user: { took: () => this.#took(), drained: () => this.#tell(() => this.#user.drained()) },
    });
  }

  /** Says who uses it: before anything is read. */
  start(user: LinkUser): void {
    const end = this.#end;
    if (end === undefined) this.#user = user;
    else queueMicrotask(() => this.#tell(() => user.ended(end)));
  }

  get payloadBytes(): number {
    return this.shared.limits.payloadBytes;
  }

  get waitingBytes(): number {
    return this.outgoing.waitingBytes;
  }

  /** How it ended; undefined as long as it has not. */
  get end(): LinkEnd | undefined {
    return this.#end;
  }

  send(payload: OutgoingPayload): void {
    if (this.#end !== undefined || this.#closeBy !== undefined) return;
    if (this.outgoing.waitingBytes > this.shared.limits.untakenBytes) return this.finish('slow');
    this.deliver(payload);
    this.shared.waiting.makeRoom();
  }

  loggedIn(user: string): void {
    if (this.#end !== undefined) return;
    this.intake.loggedIn(user);
    if (this.#isPaused) this.pump();
  }

  /** @param graceSeconds how long what was sent may take to go out */
  close(graceSeconds: number = MOMENT): void {
    if (this.#end !== undefined || this.#closeBy !== undefined) return;
    this.#closeBy = this.shared.time.now() + graceSeconds;
    this.outgoing.flush();
    // What is read now is acknowledgements, and what nobody will read.
    this.pump();
    this.#endSoon();
  }

  /** The connection is over, from the other side. */
  gone(): void {
    this.finish('left');
  }

  /** The connection failed: for what the client did, where it is an error of ours. */
  failed(error: unknown): void {
    if (!isDimError(error)) return this.finish('left');
    const { logger, warnings } = this.shared;
    const details = { framing: this.framing, host: this.host, why: error.message };
    // Of a payload that is too large, its sender should be told by whoever reads this: else it comes again and again.
    if (error.code !== 'INPUT_LIMIT') logger.debug('link refused', details);
    else if (this.intake.user === undefined) warnings.warn('link refused before the login', details);
    else logger.warn('link refused', details);
    this.finish('refused');
  }

  /** Looks at the time. Called about once a second. */
  sweep(now: number): void {
    if (this.#end !== undefined) return;
    const { limits } = this.shared;
    if (this.#closeBy !== undefined && now >= this.#closeBy) return this.finish('closed');
    if (this.outgoing.isSlow(now, limits)) return this.finish('slow');
    const end = this.unanswered(now);
    if (end !== undefined) return this.finish(end);
    if (this.#isPaused) this.intake.excuse(now);
    if (this.#isHeard || this.#isPaused) this.#heardAt = now;
    this.#isHeard = false;
    if (now >= this.#heardAt + limits.idleSeconds) return this.finish('silent');
    if (this.intake.isCrawling(now)) return this.finish('refused');
    if (this.intake.isStalled(now)) return this.finish('closed');
    if (this.#isPaused) this.pump();
  }

  /** Puts a payload on its way. */
  protected abstract deliver(payload: OutgoingPayload): void;

  /** The next that came; undefined when there is none. */
  protected abstract next(): Unit | undefined;

  /** @throws DimError for what the framing does not allow */
  protected abstract handle(unit: Unit): void;

  /** Sends again what is due. @returns how it ends, where the client has not acknowledged what it should have */
  protected abstract unanswered(now: number): LinkEnd | undefined;

  /** The network has taken some of what was sent. */
  protected abstract taken(): void;

  /** When the oldest was sent that is not acknowledged; `Infinity` where there is none. */
  protected abstract get sentSince(): number;

  /** Forgets what was sent. */
  protected abstract forget(): void;

  /** Bytes came. @returns whether they may be read */
  protected arrived(bytes: number): boolean {
    if (this.#end !== undefined) return false;
    this.#isHeard = true;
    this.intake.piece(bytes, this.shared.time.now());
    try {
      this.intake.checkLength();
      this.shared.held.makeRoom();
    } catch (error) {
      this.failed(error);
    }
    return this.#end === undefined;
  }

  /** Takes what came, as far as it may be taken now. */
  protected pump(): void {
    if (this.#isPumping || this.#end !== undefined) return;
    this.#isPumping = true;
    try {
      while (this.#end === undefined && this.#mayTake()) {
        const unit = this.next();
        if (unit === undefined) break;
        this.handle(unit);
      }
    } catch (error) {
      this.failed(error);
    }
    this.#isPumping = false;
    // Answers of the framing go out, too.
    this.shared.waiting.makeRoom();
    this.#turnSocket();
  }

  /** Whether nothing is read, for a reason on this side. */
  protected get isPaused(): boolean {
    return this.#isPaused;
  }

  /** Something that is no payload was taken. */
  protected sign(): void {
    this.intake.charge(SIGN_COST);
  }

  /** Hands a payload on. @param acknowledge tells the client that it was kept */
  protected receive(bytes: Uint8Array, acknowledge: () => void): void {
    // Whoever closes does not read. The client has no acknowledgement, and will send it again.
    if (this.#end !== undefined || this.#closeBy !== undefined) return;
    const { time } = this.shared;
    const { length } = bytes;
    let isAcknowledged = false;
    this.intake.charge(costOf(bytes));
    this.intake.hold(length, time.now());
    this.#tell(() =>
      this.#user.receive(bytes, () => {
        if (isAcknowledged || this.#end !== undefined) return;
        isAcknowledged = true;
        this.intake.release(length, time.now());
        acknowledge();
        if (this.#isPaused) this.pump();
      }),
    );
  }

  /** The client has a payload. */
  protected acknowledged({ acknowledged }: OutgoingPayload): void {
    if (acknowledged !== undefined && this.#end === undefined) this.#tell(acknowledged);
  }

  /** Ends it. Whoever uses it is told behind what goes on now. */
  protected finish(end: LinkEnd): void {
    if (this.#end !== undefined) return;
    // What is closed ends for that, however it goes.
    this.#end = this.#closeBy === undefined ? end : 'closed';
    const user = this.#user;
    this.#user = NOBODY;
    // Who only stopped sending may still read.
    if (end === 'left') this.outgoing.flush();
    if (end === 'left' || end === 'refused') this.#socket.end(end);
    else this.#socket.destroy();
    this.outgoing.clear();
    this.waiting.clear();
    this.intake.clear();
    this.forget();
    queueMicrotask(() => this.#tell(() => user.ended(this.#end ?? end)));
  }

  #mayTake(): boolean {
    if (this.#closeBy !== undefined) return true;
    return this.outgoing.waitingBytes <= MOST_ANSWERS && this.intake.isOpen(this.shared.time.now());
  }

  #turnSocket(): void {
    if (this.#end !== undefined) return;
    const isPaused = !this.#mayTake();
    if (isPaused === this.#isPaused) return;
    this.#isPaused = isPaused;
    if (isPaused) this.#socket.pause();
    else this.#socket.resume();
  }

  /** All links together have too much, and this one is the first to end. */
  #crowdedOut(end: LinkEnd, why: string, { bytes }: { readonly bytes: number }): void {
    const { framing, host } = this;
    const loggedIn = this.intake.user !== undefined;
    this.shared.warnings.warn(why, { framing, host, bytes, loggedIn });
    this.finish(end);
  }

  #took(): void {
    this.taken();
    if (this.#closeBy !== undefined) this.#endSoon();
    else if (this.#isPaused) this.pump();
  }

  /** Ends the connection once all has gone out; the link is over with it. */
  #endSoon(): void {
    if (this.#end !== undefined || this.#isEnding || this.outgoing.waitingBytes > 0) return;
    this.#isEnding = true;
    this.#socket.end('closed');
  }

  #tell(action: () => void): void {
    tellUser(this.shared.logger, this.framing, action);
  }
}

/** How much of a link is read: what came and is not acknowledged, how fast it comes, and what has begun and is not whole. */
import { DimError } from 'dimp';
import type { HeldBytes, HeldShare } from './held-bytes.ts';
import type { ListenerLimits } from './listener-limits.ts';
import { PacketPieces } from './packet-pieces.ts';

/** What a payload or a piece weighs beside its bytes. */
const OVERHEAD = 256;
/** Payloads before the login that may wait to be acknowledged, where each is as large as it may be. */
const BEFORE_LOGIN = 4;

/** What an {@link Intake} is made of. */
export interface IntakeParts {
  readonly limits: ListenerLimits;
  readonly held: HeldBytes;
  readonly now: number;
  /** Ends the link. */
  readonly end: () => void;
}

/** That of one link. */
export class Intake implements HeldShare {
  readonly end: () => void;
  readonly #limits: ListenerLimits;
  readonly #held: HeldBytes;
  #user: string | undefined;
  #weight = 0;
  #payloads = 0;
  #unacknowledged = 0;
  /** When one was acknowledged last, or there was the first to wait for. */
  #movedAt = 0;
  #tokens: number;
  #filledAt: number;
  /** What came since the last whole packet, and until when more of it must come. */
  readonly #begun = new PacketPieces();
  #moreBy = 0;

  constructor({ limits, held, now, end }: IntakeParts) {
    this.#limits = limits;
    this.#held = held;
    this.end = end;
    this.#tokens = this.#pace.burst;
    this.#filledAt = now;
  }

  get bytes(): number {
    return this.#weight;
  }

  get user(): string | undefined {
    return this.#user;
  }

  /** Somebody has logged in over the link. */
  loggedIn(user: string): void {
    if (this.#user !== undefined) return;
    this.#user = user;
    this.#tokens = this.#pace.burst;
    this.#held.loggedIn(this);
  }

  /** Whether the next packet may be taken. */
  isOpen(now: number): boolean {
    const { perSecond, burst } = this.#pace;
    this.#tokens = Math.min(burst, this.#tokens + (now - this.#filledAt) * perSecond);
    this.#filledAt = now;
    if (this.#tokens <= 0 || this.#isFull) return false;
    // Where all links together have too much, this one waits until it has nothing.
    return this.#payloads === 0 || !this.#held.isFull;
  }

  get #pace(): { readonly perSecond: number; readonly burst: number } {
    const limits = this.#limits;
    return this.#user === undefined
      ? { perSecond: limits.payloadsPerSecondBeforeLogin, burst: limits.burstPayloadsBeforeLogin }
      : { perSecond: limits.payloadsPerSecond, burst: limits.burstPayloads };
  }

  get #isFull(): boolean {
    const { unacknowledgedPayloads, unacknowledgedBytes, payloadBytesBeforeLogin } = this.#limits;
    const ofStranger = this.#user === undefined ? BEFORE_LOGIN * payloadBytesBeforeLogin : Infinity;
    return (
      this.#payloads >= unacknowledgedPayloads || this.#unacknowledged >= Math.min(unacknowledgedBytes, ofStranger)
    );
  }

  /** Whether the station has acknowledged nothing for too long, of as much as may wait. */
  isStalled(now: number): boolean {
    return (
      (this.#isFull || this.#held.isFull) && this.#payloads > 0 && now >= this.#movedAt + this.#limits.stalledSeconds
    );
  }

  /** Something was taken that counts as so many payloads. */
  charge(payloads: number): void {
    this.#tokens -= payloads;
  }

  /** Something is handed on, and is to be acknowledged. */
  hold(bytes: number, now: number): void {
    if (this.#payloads === 0) this.#movedAt = now;
    this.#payloads += 1;
    this.#unacknowledged += bytes;
    this.#weigh();
  }

  /** It was acknowledged. */
  release(bytes: number, now: number): void {
    this.#movedAt = now;
    this.#payloads -= 1;
    this.#unacknowledged -= bytes;
    this.#weigh();
  }

  /** A piece came. It is taken for a part of a packet until {@link whole} is called. */
  piece(bytes: number, now: number): void {
    const { packetSeconds, leastBytesPerSecond } = this.#limits;
    const isFirst = this.#begun.bytes === 0;
    // Bytes buy the time that they may take, and no more than a pause: however many came before, the next must come.
    const bought = isFirst ? Infinity : this.#moreBy + bytes / leastBytesPerSecond;
    this.#moreBy = Math.min(now + packetSeconds, bought);
    this.#begun.add(bytes);
    this.#weigh();
  }

  /** A part of what came was whole by itself, whatever is around it. */
  aside(bytes: number): void {
    this.#begun.remove(bytes);
    this.#weigh();
  }

  /** A packet is whole. What came behind it in the same piece is not counted: it is no more than a piece. */
  whole(): void {
    this.#begun.clear();
    this.#weigh();
  }

  /** A packet has begun that is longer than any may be of somebody who has not logged in. @throws DimError `INPUT_LIMIT` */
  checkLength(): void {
    if (this.#user !== undefined || this.#begun.bytes <= this.#limits.payloadBytesBeforeLogin) return;
    throw new DimError('INPUT_LIMIT', 'a payload is too long before the login (limits.payloadBytesBeforeLogin)');
  }

  /** Whether a packet that has begun does not go on as fast as it must. */
  isCrawling(now: number): boolean {
    return this.#begun.bytes > 0 && now > this.#moreBy;
  }

  /** Nothing was read for a reason on this side: that says nothing about the client. */
  excuse(now: number): void {
    this.#moreBy = now + this.#limits.packetSeconds;
  }

  /** It holds nothing any longer. */
  clear(): void {
    this.#payloads = 0;
    this.#unacknowledged = 0;
    this.whole();
  }

  #weigh(): void {
    const pieces = this.#payloads + this.#begun.count;
    const weight = this.#unacknowledged + this.#begun.bytes + OVERHEAD * pieces;
    const more = weight - this.#weight;
    this.#weight = weight;
    this.#held.changed(this, more);
  }
}

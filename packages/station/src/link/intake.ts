/** How much of a link is read: what came and is not acknowledged, how fast it comes, and what has begun and is not whole. */
import type { HeldBytes } from './link-shared.ts';
import type { ListenerLimits } from './listener-limits.ts';

/** What a payload or a piece weighs beside its bytes. */
const OVERHEAD = 256;
/** A link that holds less is not ended for what others hold. */
const FAIR_SHARE = 64 * 1024;

/** That of one link. */
export class Intake {
  readonly #limits: ListenerLimits;
  readonly #held: HeldBytes;
  #payloads = 0;
  #bytes = 0;
  /** When one was acknowledged last, or there was the first to wait for. */
  #movedAt = 0;
  #tokens: number;
  #filledAt: number;
  /** Bytes since the last whole packet, what they weigh, and since when. */
  #begun = 0;
  #begunWeight = 0;
  #begunAt = 0;

  constructor(limits: ListenerLimits, held: HeldBytes, now: number) {
    this.#limits = limits;
    this.#held = held;
    this.#tokens = limits.burstPayloads;
    this.#filledAt = now;
  }

  /** Whether the next packet may be taken. */
  isOpen(now: number): boolean {
    const { payloadsPerSecond, burstPayloads } = this.#limits;
    this.#tokens = Math.min(burstPayloads, this.#tokens + (now - this.#filledAt) * payloadsPerSecond);
    this.#filledAt = now;
    if (this.#tokens <= 0 || this.#isFull) return false;
    // Where all links together have too much, this one waits until it has nothing.
    return this.#payloads === 0 || !this.#held.isFull;
  }

  get #isFull(): boolean {
    const { unacknowledgedPayloads, unacknowledgedBytes } = this.#limits;
    return this.#payloads >= unacknowledgedPayloads || this.#bytes >= unacknowledgedBytes;
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
    this.#bytes += bytes;
    this.#held.add(bytes + OVERHEAD);
  }

  /** It was acknowledged. */
  release(bytes: number, now: number): void {
    this.#movedAt = now;
    this.#payloads -= 1;
    this.#bytes -= bytes;
    this.#held.add(-bytes - OVERHEAD);
  }

  /** A piece came. It is taken for a part of a packet until {@link whole} is called. */
  piece(bytes: number, now: number): void {
    if (this.#begun === 0) this.#begunAt = now;
    this.#begun += bytes;
    this.#begunWeight += bytes + OVERHEAD;
    this.#held.add(bytes + OVERHEAD);
  }

  /** A part of what came was whole by itself, whatever is around it. */
  aside(bytes: number): void {
    this.#begun = Math.max(0, this.#begun - bytes);
    if (this.#begun === 0) this.whole();
  }

  /** A packet is whole. What came behind it in the same piece is not counted: it is no more than a piece. */
  whole(): void {
    this.#held.add(-this.#begunWeight);
    this.#begun = 0;
    this.#begunWeight = 0;
  }

  /** Whether this link brings more where there is no room. */
  get isGreedy(): boolean {
    return this.#held.isFull && this.#begunWeight > FAIR_SHARE;
  }

  /** Whether a packet that has begun does not go on as fast as it must. */
  isCrawling(now: number): boolean {
    const { packetSeconds, leastBytesPerSecond } = this.#limits;
    const seconds = now - this.#begunAt;
    return this.#begun > 0 && seconds > packetSeconds && this.#begun < (seconds - packetSeconds) * leastBytesPerSecond;
  }

  /** Nothing was read for a reason on this side: that says nothing about the client. */
  excuse(now: number): void {
    this.#begunAt = now;
  }

  /** It holds nothing any longer. */
  clear(): void {
    this.whole();
    this.#held.add(-this.#bytes - this.#payloads * OVERHEAD);
    this.#payloads = 0;
    this.#bytes = 0;
  }
}

/**
 * Pings of the WebSocket with numbers. A pong repeats the ping's payload (RFC 6455), browsers answer by themselves, and frames come
 * in order: so the pong to one says that all that was written before it has reached the client, and not merely its network.
 */

/** A ping without its pong. */
interface Awaited {
  readonly payload: Uint8Array;
  /** Up to where it acknowledges all that went out. */
  readonly position: number;
  /** When its pong is late. */
  readonly by: number;
}

/** Those of one link: one at a time. */
export class NumberedPings {
  #number = 0;
  #awaited: Awaited | undefined;
  #hasAnswered = false;

  /** Whether a pong is awaited. */
  get isWaiting(): boolean {
    return this.#awaited !== undefined;
  }

  /** Whether the client is known to answer. */
  get hasAnswered(): boolean {
    return this.#hasAnswered;
  }

  /** @param position where all that was written ends @param by when its pong is late @returns what to ping with */
  ping(position: number, by: number): Uint8Array {
    this.#number += 1;
    const payload = Uint8Array.from(String(this.#number), (digit) => digit.charCodeAt(0));
    this.#awaited = { payload, position, by };
    return payload;
  }

  /** A pong came. @returns up to where all was received; undefined for one that nobody asked for */
  pong(payload: Uint8Array): number | undefined {
    const awaited = this.#awaited;
    if (awaited === undefined || !isSame(payload, awaited.payload)) return undefined;
    this.#awaited = undefined;
    this.#hasAnswered = true;
    return awaited.position;
  }

  /** Nothing was read for a reason on this side: the pong may be late by as much. */
  excuse(by: number): void {
    if (this.#awaited !== undefined) this.#awaited = { ...this.#awaited, by: Math.max(by, this.#awaited.by) };
  }

  isOverdue(now: number): boolean {
    return this.#awaited !== undefined && now >= this.#awaited.by;
  }

  /** No pong is awaited any longer. */
  clear(): void {
    this.#awaited = undefined;
  }
}

function isSame(one: Uint8Array, other: Uint8Array): boolean {
  return one.length === other.length && one.every((byte, index) => other[index] === byte);
}

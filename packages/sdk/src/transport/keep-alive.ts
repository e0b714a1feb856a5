/** When to ask whether the other side is still there, and when to give it up. Times are in seconds. */

/** After so long without a sign of the other side it is asked for one; again after as long. */
const ASK_AFTER = 16;
/** The same for a connection that is new. */
const FIRST_ASK_AFTER = 8;
/** After so long without a sign the connection is over. Stations give up clients after as long. */
export const SILENT_AFTER = 128;
/**
 * After so long without anything written the other side is asked, too, however much it sends: it must hear from here
 * within {@link SILENT_AFTER}.
 */
const IDLE_AFTER = 64;

/** What is due: to ask with a `PING`, or to give up. */
export type KeepAliveStep = 'ask' | 'give-up' | undefined;

/** The times of one connection. */
export class KeepAlive {
  #latest: number;
  #heardAt: number;
  #wroteAt: number;
  #askAfter: number;
  #askedAt = -Infinity;
  #isHeld = false;

  /** @param now the time at which it was connected */
  constructor(now: number) {
    this.#latest = now;
    this.#heardAt = now;
    this.#wroteAt = now;
    this.#askAfter = now + FIRST_ASK_AFTER;
  }

  /** There was a sign of the other side. */
  heard(now: number): void {
    this.#turn(now);
    this.#heardAt = now;
    this.#askAfter = now + ASK_AFTER;
  }

  /** Something went out. */
  wrote(now: number): void {
    this.#turn(now);
    this.#wroteAt = now;
  }

  /** Nothing is read from now on, for a reason on this side: what is not heard says nothing then. */
  hold(): void {
    this.#isHeld = true;
  }

  /** It is read again. */
  release(now: number): void {
    if (!this.#isHeld) return;
    this.#isHeld = false;
    this.heard(now);
  }

  /** When to call {@link step} again, at the latest. */
  get next(): number {
    return this.#isHeld ? this.#askAt : Math.min(this.#askAt, this.#heardAt + SILENT_AFTER);
  }

  /** What is due now. To be told to ask is to have asked. */
  step(now: number): KeepAliveStep {
    this.#turn(now);
    if (!this.#isHeld && now >= this.#heardAt + SILENT_AFTER) return 'give-up';
    if (now < this.#askAt) return undefined;
    this.#askedAt = now;
    return 'ask';
  }

  get #askAt(): number {
    return Math.max(Math.min(this.#askAfter, this.#wroteAt + IDLE_AFTER), this.#askedAt + ASK_AFTER);
  }

  /** A clock that is set back must not make a dead connection look alive for as long. */
  #turn(now: number): void {
    const back = this.#latest - now;
    this.#latest = now;
    if (!(back > 0)) return;
    this.#heardAt -= back;
    this.#wroteAt -= back;
    this.#askAfter -= back;
    this.#askedAt -= back;
  }
}

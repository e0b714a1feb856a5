/** What has come before the login, and waits for it. The client is not told that the station has it. */
import type { Arrival } from './arrivals.ts';

/** A client is asked to come in once in so many seconds, however much it sends: each time costs a signature. */
const ASK_AGAIN = 5;

/** The newest messages, within bounds. What is dropped was not acknowledged, so it comes again. */
export class Suspended {
  readonly #messages: number;
  readonly #bytes: number;
  #waiting: Arrival[] = [];
  #length = 0;
  #askedAt = -Infinity;

  constructor(limits: { readonly messages: number; readonly bytes: number }) {
    this.#messages = limits.messages;
    this.#bytes = limits.bytes;
  }

  add(arrival: Arrival): void {
    this.#waiting.push(arrival);
    this.#length += arrival.received.bytes.length;
    while (this.#waiting.length > this.#messages || this.#length > this.#bytes)
      this.#length -= this.#waiting.shift()?.received.bytes.length ?? 0;
  }

  /** Whether the client should be asked to come in. A clock that was set back asks as well. */
  isToAsk(now: number): boolean {
    return Math.abs(now - this.#askedAt) >= ASK_AGAIN;
  }

  /** It was asked. */
  asked(now: number): void {
    this.#askedAt = now;
  }

  /** All of it; it waits no longer. */
  take(): readonly Arrival[] {
    const waiting = this.#waiting;
    this.#waiting = [];
    this.#length = 0;
    return waiting;
  }
}

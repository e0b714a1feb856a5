/** The life of a connection: it ends once, for one reason, and by then all waiting is over. */
import { DimError, isDimError } from 'dimp';
import type { Clock } from '../ports/clock.ts';
import type { ConnectionEnd } from '../ports/connection.ts';

/** For how long a connection that is closed waits for what is on its way, in seconds. */
export const MOMENT = 1;

/** Ends once. */
export class Lifetime {
  /** How it ended. It does not reject. */
  readonly ended: Promise<ConnectionEnd>;
  readonly #controller = new AbortController();
  readonly #settle: (end: ConnectionEnd) => void;
  readonly #clockFailed: (error: DimError) => void;
  #end: ConnectionEnd | undefined;

  /** @param clockFailed called when the clock does not wait: without one nothing is ever due */
  constructor(clockFailed: (error: DimError) => void) {
    this.#clockFailed = clockFailed;
    let settle: (end: ConnectionEnd) => void = () => undefined;
    this.ended = new Promise((resolve) => {
      settle = resolve;
    });
    this.#settle = settle;
  }

  /** How it ended; undefined as long as it has not. */
  get end(): ConnectionEnd | undefined {
    return this.#end;
  }

  /** Aborted with the end. */
  get signal(): AbortSignal {
    return this.#controller.signal;
  }

  /** Ends it. @returns whether it had not ended before */
  finish(end: ConnectionEnd): boolean {
    if (this.#end !== undefined) return false;
    this.#end = Object.freeze(end);
    this.#controller.abort();
    this.#settle(this.#end);
    return true;
  }

  /** What a `send` fails with that was not answered. */
  lost(): DimError {
    const reason =
      this.#end === undefined ? 'the connection is being closed' : `the connection has ended: ${this.#end.reason}`;
    return new DimError('CONNECTION_LOST', reason, {
      cause: this.#end?.reason === 'failed' ? this.#end.error : undefined,
    });
  }

  /**
   * Waits by the clock, as long as it lives.
   * @returns whether it lives still
   */
  async wait(clock: Clock, seconds: number): Promise<boolean> {
    try {
      await clock.wait(seconds, this.signal);
    } catch (error) {
      if (this.#end === undefined)
        this.#clockFailed(new DimError('INTERNAL_PLATFORM', 'the clock failed', { cause: error }));
    }
    return this.#end === undefined;
  }

  /** Calls a function at the times that it gives, the first of them `next`, until the end. */
  async attend(clock: Clock, next: number, step: (now: number) => number): Promise<void> {
    let due = next;
    while (await this.wait(clock, due - clock.now())) due = step(clock.now());
  }
}

/** An end because of an error: one of ours as it is, any other as a failure of the network. */
export function failure(error: unknown): ConnectionEnd {
  if (isDimError(error)) return { reason: 'failed', error };
  return { reason: 'failed', error: new DimError('CONNECTION_LOST', 'the network failed', { cause: error }) };
}

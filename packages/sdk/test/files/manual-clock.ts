/** A clock for transfers over a real network: pauses are over at once, and patience ends when the test says so. */
import type { Clock } from '../../src/index.ts';

/** Seconds from which on a wait is one of patience. */
const LONG = 1000;

/** Patience, for tests: longer than any pause. */
export const PATIENCE = 2000;

interface Waiting {
  readonly seconds: number;
  readonly end: () => void;
}

export class ManualClock implements Clock {
  #now = 1_700_000_000;
  readonly #waiting = new Set<Waiting>();
  #watchers: (() => void)[] = [];
  /** Pauses that were waited for, in seconds. */
  readonly pauses: number[] = [];
  /** Is called with each pause before it is over. */
  onPause: (() => void) | undefined;

  now(): number {
    return this.#now;
  }

  advance(seconds: number): void {
    this.#now += seconds;
  }

  /** How many waits are not over. */
  get waiting(): number {
    return this.#waiting.size;
  }

  async wait(seconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (seconds < LONG) {
      this.pauses.push(seconds);
      this.#now += seconds;
      this.onPause?.();
      for (const watcher of this.#watchers.splice(0)) watcher();
      await Promise.resolve();
      signal?.throwIfAborted();
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#waiting.delete(waiting);
        reject(signal?.reason as Error);
      };
      const waiting: Waiting = {
        seconds,
        end: () => {
          this.#waiting.delete(waiting);
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      this.#waiting.add(waiting);
      signal?.addEventListener('abort', abort, { once: true });
      for (const watcher of this.#watchers.splice(0)) watcher();
    });
  }

  /** Ends what waits; time goes on by as much. */
  expire(): void {
    const ended = [...this.#waiting];
    this.#now += Math.max(0, ...ended.map(({ seconds }) => seconds));
    for (const { end } of ended) end();
  }

  /** When the next wait begins, or a pause is made. */
  nextWait(): Promise<void> {
    return new Promise((resolve) => this.#watchers.push(resolve));
  }

  /** Lets patience end once: in the first wait that begins when something is so. */
  async expireWhen(isSo: () => boolean): Promise<void> {
    do await this.nextWait();
    while (!isSo() || this.waiting === 0);
    this.expire();
  }

  /** Lets patience end again and again, until an attempt is given up and a pause is made. */
  async expireUntilPause(): Promise<void> {
    const before = this.pauses.length;
    while (this.pauses.length === before) {
      const next = this.nextWait();
      this.expire();
      await next;
    }
  }
}

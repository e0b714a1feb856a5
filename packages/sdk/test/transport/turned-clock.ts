/** A clock that stands until a test turns it. */
import type { Clock } from '../../src/index.ts';

interface Wait {
  until: number;
  readonly end: () => void;
}

export class TurnedClock implements Clock {
  #now = 1_800_000_000;
  readonly #waits = new Set<Wait>();

  now(): number {
    return this.#now;
  }

  /** How many wait. */
  get waiting(): number {
    return this.#waits.size;
  }

  async wait(seconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    if (!(seconds > 0)) return;
    await new Promise<void>((resolve, reject) => {
      const abort = (): void => {
        this.#waits.delete(wait);
        reject(signal?.reason as Error);
      };
      const wait: Wait = {
        until: this.#now + seconds,
        end: () => {
          this.#waits.delete(wait);
          signal?.removeEventListener('abort', abort);
          resolve();
        },
      };
      this.#waits.add(wait);
      signal?.addEventListener('abort', abort, { once: true });
    });
  }

  /** Turns it on; each wait ends at its time. */
  async turn(seconds: number): Promise<void> {
    const target = this.#now + seconds;
    await settled();
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#now = Math.max(this.#now, next.until);
      next.end();
      await settled();
    }
    this.#now = target;
  }

  /** Somebody sets it back. Whoever waits does not wait for longer by that. */
  setBack(seconds: number): void {
    this.#now -= seconds;
    for (const wait of this.#waits) wait.until -= seconds;
  }

  #next(target: number): Wait | undefined {
    return [...this.#waits].filter(({ until }) => until <= target).toSorted((one, other) => one.until - other.until)[0];
  }
}

/** Everything has run that needs no time. */
export async function settled(): Promise<void> {
  await new Promise<void>((resolve) => setImmediate(resolve));
}

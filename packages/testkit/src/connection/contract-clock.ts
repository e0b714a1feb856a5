/** A clock that stands still until it is turned. */
import type { Clock } from 'dimsdk';

/** One that waits. */
interface Wait {
  readonly until: number;
  readonly end: () => void;
}

/** What was due has happened when so many turns of the event loop are over. */
const TURNS = 3;

/** The clock of connections under test. What goes over real sockets does not wait for it, and it does not wait for them. */
export class ContractClock implements Clock {
  #now: number;
  readonly #waits = new Set<Wait>();

  /** @param now the time to begin with, in seconds */
  constructor(now = 1_800_000_000) {
    this.#now = now;
  }

  now(): number {
    return this.#now;
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

  /** Turns it: whoever waits until then goes on, each at its time, and those that wait again by then too. */
  async turn(seconds: number): Promise<void> {
    const target = this.#now + seconds;
    await breathe();
    for (let next = this.#next(target); next !== undefined; next = this.#next(target)) {
      this.#now = Math.max(this.#now, next.until);
      next.end();
      await breathe();
    }
    this.#now = target;
  }

  #next(target: number): Wait | undefined {
    let next: Wait | undefined;
    for (const wait of this.#waits)
      if (wait.until <= target && (next === undefined || wait.until < next.until)) next = wait;
    return next;
  }
}

/** Lets everything run that need not wait for anything. */
export async function breathe(turns = TURNS): Promise<void> {
  for (let turn = 0; turn < turns; turn += 1) await new Promise<void>((resolve) => setTimeout(resolve, 0));
}

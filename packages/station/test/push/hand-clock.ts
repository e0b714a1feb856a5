/** A clock that a test moves by hand, one wait after the other: it ends when the test says so, whatever the machine does. */
import type { Clock } from 'dimsdk';

interface Wait {
  readonly seconds: number;
  end(): void;
}

export class HandClock implements Clock {
  time = 1_800_000_000;
  #waits: Wait[] = [];
  #changed: () => void = () => undefined;

  now(): number {
    return this.time;
  }

  async wait(seconds: number, signal?: AbortSignal): Promise<void> {
    signal?.throwIfAborted();
    await new Promise<void>((resolve, reject) => {
      const wait = { seconds, end: resolve };
      this.#waits.push(wait);
      signal?.addEventListener('abort', () => {
        this.#waits = this.#waits.filter((other) => other !== wait);
        reject(signal.reason as Error);
        this.#changed();
      });
      this.#changed();
    });
  }

  /** Waits until somebody waits for so long, and ends that. */
  async pass(seconds: number): Promise<void> {
    for (;;) {
      const wait = this.#waits.find((other) => other.seconds === seconds);
      if (wait !== undefined) {
        this.#waits = this.#waits.filter((other) => other !== wait);
        this.time += seconds;
        wait.end();
        return;
      }
      await new Promise<void>((resolve) => {
        this.#changed = resolve;
      });
    }
  }

  /** For how long somebody waits. */
  get waits(): readonly number[] {
    return this.#waits.map(({ seconds }) => seconds);
  }
}

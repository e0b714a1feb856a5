/** Work in the background: it ends with the client, goes on after failures, and tells them. */
import type { Content } from 'dimp';
import type { OwnDevice } from '../device/own-device.ts';

/** How long to wait after a failure, in seconds. */
const PAUSE = 5;

/** Runs what nobody waits for. */
export class Tasks {
  readonly #device: Pick<OwnDevice<Content>, 'clock'>;
  readonly #failed: (error: unknown) => void;
  readonly #over = new AbortController();
  readonly #running = new Set<Promise<void>>();

  constructor(device: Pick<OwnDevice<Content>, 'clock'>, failed: (error: unknown) => void) {
    this.#device = device;
    this.#failed = failed;
  }

  /** Runs something until the client is closed; anew, after a pause, where it fails. */
  run(work: (signal: AbortSignal) => Promise<void>): void {
    this.#track(async () => {
      const { signal } = this.#over;
      while (!signal.aborted) {
        try {
          await work(signal);
        } catch (error) {
          if (signal.aborted) return;
          this.#failed(error);
          await this.#device.clock.wait(PAUSE, signal).catch(() => undefined);
        }
      }
    });
  }

  /** Runs something once; where it fails, something else will try again. */
  once(work: () => Promise<void>): void {
    if (this.#over.signal.aborted) return;
    this.#track(async () => {
      try {
        await work();
      } catch (error) {
        if (!this.#over.signal.aborted) this.#failed(error);
      }
    });
  }

  /** Is aborted when all ends. */
  get signal(): AbortSignal {
    return this.#over.signal;
  }

  /** Ends all, and waits for what was begun. */
  async close(): Promise<void> {
    this.#over.abort();
    await Promise.all(this.#running);
  }

  #track(work: () => Promise<void>): void {
    const running = work();
    this.#running.add(running);
    void running.then(() => this.#running.delete(running));
  }
}

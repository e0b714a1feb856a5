/** Those who wait until nothing is left to go out. */

/** Tells them. */
export class Flush {
  readonly #count: () => Promise<number>;
  readonly #waiting = new Set<() => void>();

  /** @param count how many wait to go out, on the disk */
  constructor(count: () => Promise<number>) {
    this.#count = count;
  }

  /** @returns true when nothing waits any more; false when a signal was aborted before */
  async wait(signal: AbortSignal): Promise<boolean> {
    if (signal.aborted) return false;
    let end = (): void => undefined;
    const done = new Promise<boolean>((resolve) => {
      end = () => resolve(!signal.aborted);
    });
    signal.addEventListener('abort', end, { once: true });
    this.#waiting.add(end);
    try {
      await this.look();
      return await done;
    } finally {
      signal.removeEventListener('abort', end);
      this.#waiting.delete(end);
    }
  }

  /** Something may have gone out. */
  async look(): Promise<void> {
    if (this.#waiting.size === 0 || (await this.#count()) > 0) return;
    for (const end of this.#waiting) end();
  }
}

/** A gate: only so many transfers go on at once, the others wait in a row. */

/** Lets a number of actions run at a time, in the order in which they came. */
export class TransferGate {
  #free: number;
  readonly #waiting = new Set<() => void>();

  /** @param places how many at a time */
  constructor(places: number) {
    this.#free = places;
  }

  /** Runs an action when it is its turn. @throws the signal's reason, also while it waits; what the action throws */
  async pass<T>(signal: AbortSignal, action: () => Promise<T>): Promise<T> {
    await this.#enter(signal);
    try {
      return await action();
    } finally {
      this.#leave();
    }
  }

  async #enter(signal: AbortSignal): Promise<void> {
    signal.throwIfAborted();
    if (this.#free > 0) {
      this.#free--;
      return;
    }
    await new Promise<void>((resolve, reject) => {
      const enter = (): void => {
        signal.removeEventListener('abort', giveUp);
        resolve();
      };
      const giveUp = (): void => {
        this.#waiting.delete(enter);
        reject(signal.reason as Error);
      };
      this.#waiting.add(enter);
      signal.addEventListener('abort', giveUp, { once: true });
    });
  }

  /** The place goes to whoever waits longest. */
  #leave(): void {
    for (const enter of this.#waiting) {
      this.#waiting.delete(enter);
      enter();
      return;
    }
    this.#free++;
  }
}

/** Waking somebody who waits, however often it is called meanwhile. */

/** A flag that one waits for. */
export class Signal {
  #isSet = false;
  #wake: (() => void) | undefined;

  /** Wakes the one who waits, or the next one who will. */
  set(): void {
    this.#isSet = true;
    this.#wake?.();
  }

  /**
   * Waits until it is set, and clears it. For one at a time.
   * @returns false when the signal was aborted first
   */
  async wait(signal: AbortSignal): Promise<boolean> {
    if (!this.#isSet && !signal.aborted) {
      const waiting = new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
      const abort = (): void => this.#wake?.();
      signal.addEventListener('abort', abort, { once: true });
      await waiting;
      signal.removeEventListener('abort', abort);
      this.#wake = undefined;
    }
    if (signal.aborted) return false;
    this.#isSet = false;
    return true;
  }
}

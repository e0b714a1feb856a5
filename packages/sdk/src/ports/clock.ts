/** Time, as something that a test can turn. */

declare global {
  // Who compiles without the types of a browser or of Node has no signals, but may use all the rest. Elsewhere it is one with
  // the interface that is there.
  interface AbortSignal {}
}

/** A clock, and waiting by it. */
export interface Clock {
  /** The time now, in seconds since 1970. */
  now(): number;
  /**
   * Waits.
   * @param seconds how long; nothing is waited for where it is not positive
   * @throws the signal's reason, as soon as it is aborted
   */
  wait(seconds: number, signal?: AbortSignal): Promise<void>;
  /**
   * Is told what goes on that needs no time of this clock: for clocks of tests, which jump when nothing is left to do.
   * @returns what it gives
   */
  during?<T>(work: Promise<T>): Promise<T>;
}

/** Longest delay that timers take, in milliseconds. */
const MAX_DELAY = 2 ** 31 - 1;

/** The clock of this device. */
export const systemClock: Clock = /* @__PURE__ */ Object.freeze({
  now: () => Date.now() / 1000,
  wait: async (seconds: number, signal?: AbortSignal) => {
    signal?.throwIfAborted();
    if (seconds <= 0) return;
    await new Promise<void>((resolve, reject) => {
      const timer = setTimeout(done, Math.min(seconds * 1000, MAX_DELAY));
      const abort = (): void => {
        clearTimeout(timer);
        reject(signal?.reason as Error);
      };
      function done(): void {
        signal?.removeEventListener('abort', abort);
        resolve();
      }
      signal?.addEventListener('abort', abort, { once: true });
    });
  },
});

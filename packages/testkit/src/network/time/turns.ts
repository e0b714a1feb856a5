/** Letting everything else run that can run without time going by. */

const SOME_BYTES = new Uint8Array(64);

/** Turns of the platform: see {@link Turns.next}. */
export class Turns {
  readonly #channel = new MessageChannel();

  constructor() {
    this.#channel.port1.start();
  }

  /**
   * Ends when all that was ready to run has run: promises that are settled, callbacks of the platform, and what other threads
   * of the platform were doing when it was called, as far as that can be told.
   */
  async next(): Promise<void> {
    const { port1, port2 } = this.#channel;
    // A message to oneself comes behind all promises, and, unlike a timer of no time at all, without a delay.
    await new Promise<void>((resolve) => {
      port1.addEventListener('message', () => resolve(), { once: true });
      port2.postMessage(undefined);
    });
    // Platforms sign and encrypt in other threads. What is queued there behind it takes about as long, on a busy machine too.
    await globalThis.crypto?.subtle?.digest('SHA-256', SOME_BYTES);
  }

  /** Ends them: an open port keeps a process alive. */
  close(): void {
    this.#channel.port1.close();
  }
}

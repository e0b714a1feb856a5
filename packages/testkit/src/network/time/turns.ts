/** Letting everything else run that can run without time going by. */
import { areThreadsTold, isInThreads } from './threads.ts';

const SOME_BYTES = new Uint8Array(64);

/** Where there is one, as in Node, it comes behind all that is ready, and messages to oneself do not. */
const { setImmediate } = globalThis as { readonly setImmediate?: (action: () => void) => void };

/** Turns of the platform: see {@link Turns.next}. */
export class Turns {
  #channel: MessageChannel | undefined;

  /**
   * Ends when all that was ready to run has run: promises that are settled, callbacks of the platform, and what other threads
   * of the platform were doing when it was called, as far as that can be told.
   */
  async next(): Promise<void> {
    await new Promise<void>((resolve) => {
      if (setImmediate !== undefined) setImmediate(resolve);
      else this.#send(resolve);
    });
    // Platforms sign and encrypt in other threads. What is queued there behind it takes about as long, on a busy machine too.
    if (areThreadsTold() && !isInThreads()) return;
    await globalThis.crypto?.subtle?.digest('SHA-256', SOME_BYTES);
  }

  /** Ends them: an open port keeps a process alive. */
  close(): void {
    this.#channel?.port1.close();
  }

  /** A message to oneself: unlike a timer of no time at all, it has no delay. */
  #send(received: () => void): void {
    this.#channel ??= new MessageChannel();
    const { port1, port2 } = this.#channel;
    port1.addEventListener('message', received, { once: true });
    port1.start();
    port2.postMessage(undefined);
  }
}

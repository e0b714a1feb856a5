/** Letting everything else run that can run without time going by. */

/**
 * Ends when all that was ready to run has run: promises that are settled, callbacks of the platform, and what other threads
 * of the platform were doing when it was called, as far as that can be told.
 */
export async function turn(): Promise<void> {
  await macrotask();
  // Platforms sign and encrypt in other threads. What is queued there behind it takes about as long, on a busy machine too.
  await globalThis.crypto?.subtle?.digest('SHA-256', SOME_BYTES);
}

const SOME_BYTES = new Uint8Array(64);

/** A message to oneself comes behind all promises, and, unlike a timer of no time at all, without a delay. */
async function macrotask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
  // An open port keeps a process alive.
  port1.close();
}

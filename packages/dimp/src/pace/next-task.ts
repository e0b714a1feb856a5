/** Letting everything else run that is ready to. */

/**
 * Ends behind all that is ready to run. Unlike a timer it has no shortest time, and none of seconds in a tab that is not seen.
 */
export async function nextTask(): Promise<void> {
  // Browsers have no such function. Where there is one, ports are not for this: Node 20 may wait for a closed one for ever
  // when it ends.
  const { setImmediate } = globalThis as { setImmediate?: (callback: () => void) => unknown };
  if (setImmediate !== undefined) return new Promise((resolve) => setImmediate(resolve));
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
  port1.close();
}

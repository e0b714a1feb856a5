/** Letting everything else run that is ready to. */

/** Ends behind all that is ready to run. Unlike a timer it has no shortest time, and none of seconds in a tab that is not seen. */
export async function nextTask(): Promise<void> {
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
  // An open port keeps a process alive.
  port1.close();
}

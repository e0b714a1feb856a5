/** Letting everything else run that is ready to. */

type Schedule = (callback: () => void) => unknown;

/**
 * What the platform has for this: each may be missing. Of the time when this module is loaded: tests put clocks in their place that
 * stand still.
 */
const platform = /* @__PURE__ */ (() => {
  const { setImmediate, setTimeout, MessageChannel } = globalThis as {
    setImmediate?: Schedule;
    setTimeout?: Schedule;
    MessageChannel?: typeof globalThis.MessageChannel;
  };
  return { setImmediate, setTimeout, MessageChannel };
})();

/**
 * Ends behind all that is ready to run, and never fails. Unlike a timer it has no shortest time, and none of seconds in a tab that
 * is not seen.
 */
export async function nextTask(): Promise<void> {
  const { setImmediate, setTimeout, MessageChannel } = platform;
  // Browsers have no such function. Where there is one, ports are not for this: Node 20 may wait for a closed one for ever
  // when it ends.
  if (setImmediate !== undefined) return new Promise((resolve) => void setImmediate(resolve));
  if (MessageChannel === undefined) return new Promise((resolve) => void (setTimeout?.(resolve) ?? resolve()));
  const { port1, port2 } = new MessageChannel();
  await new Promise<void>((resolve) => {
    port1.addEventListener('message', () => resolve(), { once: true });
    port1.start();
    port2.postMessage(undefined);
  });
  port1.close();
}

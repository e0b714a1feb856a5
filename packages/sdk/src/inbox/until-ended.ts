/** Waiting for work of an application, which may be what ends all this, and wait for us. */

/**
 * Waits for work, and no longer than until all ends. What is aborted in the end remembers nothing of those that were told before.
 * @returns whether the work came to its end
 */
export async function untilEnded(work: Promise<unknown>, signal: AbortSignal): Promise<boolean> {
  let end: () => void = () => undefined;
  const ended = new Promise<boolean>((resolve) => {
    end = () => resolve(false);
  });
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await Promise.race([work.then(() => true), ended]);
  } finally {
    signal.removeEventListener('abort', end);
  }
}

/** Until when something is waited for. */

/**
 * Does something with a signal that is aborted after some seconds, or with another one. The timer is held until it is done: a
 * signal of `AbortSignal.any` over `AbortSignal.timeout` may be collected before it is aborted, and whoever waits, waits for ever.
 */
export async function withDeadline<T>(
  signal: AbortSignal,
  seconds: number,
  action: (over: AbortSignal) => Promise<T>,
): Promise<T> {
  const ending = new AbortController();
  const end = (): void => ending.abort();
  const timer = setTimeout(end, seconds * 1000);
  signal.addEventListener('abort', end, { once: true });
  if (signal.aborted) end();
  try {
    return await action(ending.signal);
  } finally {
    clearTimeout(timer);
    // Whoever still waits by it has been left behind.
    end();
    signal.removeEventListener('abort', end);
  }
}

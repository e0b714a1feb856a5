/** A controller of one attempt, which the signals of the whole end as well. */

/** What {@link linkAbort} gives. */
export interface LinkedAbort {
  readonly signal: AbortSignal;
  /** Ends the attempt alone. */
  abort(reason?: unknown): void;
  /** Lets go of the outer signals, which may live much longer. */
  release(): void;
}

/** A new signal that is aborted with any of others, or by itself. */
export function linkAbort(...outer: readonly (AbortSignal | undefined)[]): LinkedAbort {
  const controller = new AbortController();
  const links = outer
    .filter((signal) => signal !== undefined)
    .map((signal) => ({ signal, follow: () => controller.abort(signal.reason) }));
  for (const { signal, follow } of links) {
    if (signal.aborted) follow();
    else signal.addEventListener('abort', follow, { once: true });
  }
  return {
    signal: controller.signal,
    abort: (reason) => controller.abort(reason),
    release() {
      for (const { signal, follow } of links) signal.removeEventListener('abort', follow);
    },
  };
}

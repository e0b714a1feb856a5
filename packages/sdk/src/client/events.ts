/** Events: for listeners, and as async iterables. */

/** A function that ends something. */
export type Stop = () => void;

/** A listener; where it gives a promise, what it listens to waits for it. */
export type Listener<T> = (event: T) => unknown;

/** How many events an iterable holds for a slow reader. Where it may wait, the one who tells waits beyond that. */
const MAX_HELD = 100;

/** How many it holds of those whose teller does not wait. Of more, the oldest are dropped. */
const MAX_UNREAD = 1000;

/** Tells events, by name. */
export class Events<E extends object> {
  readonly #listeners = new Map<keyof E, Set<Listener<never>>>();
  readonly #failed: (name: keyof E, error: unknown) => void;
  readonly #over = new AbortController();

  /** @param failed is told of a listener that throws: the others are told all the same */
  constructor(failed: (name: keyof E, error: unknown) => void) {
    this.#failed = failed;
  }

  /** Listens. @returns what ends it */
  on<K extends keyof E>(name: K, listener: Listener<E[K]>): Stop {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    // The same function twice is two listeners.
    const own: Listener<E[K]> = (event) => listener(event);
    listeners.add(own);
    return () => void listeners.delete(own);
  }

  /** Whether anybody listens. */
  has(name: keyof E): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  /** Tells all listeners, in the order in which they came, and waits for those that give promises. */
  async tell<K extends keyof E>(name: K, event: E[K]): Promise<void> {
    for (const listener of new Set(this.#listeners.get(name))) {
      try {
        // Only listeners of this name are in this set.
        await (listener as Listener<E[K]>)(event);
      } catch (error) {
        this.#failed(name, error);
      }
    }
  }

  /** Ends all iterables, once what they hold was read. Listeners stay. */
  end(): void {
    this.#over.abort();
  }

  /**
   * Events from now on. What reads them slowly slows down who tells them, where that one waits.
   * @param signal ends it
   */
  async *iterate<K extends keyof E>(name: K, signal?: AbortSignal): AsyncGenerator<E[K]> {
    const held: E[K][] = [];
    let wake: (() => void) | undefined;
    // Several may tell at a time, and each of them waits.
    const waiting: (() => void)[] = [];
    const goOn = (): void => {
      for (const resolve of waiting.splice(0)) resolve();
    };
    const stop = this.on(name, async (event) => {
      held.push(event);
      wake?.();
      // Somebody tells without waiting: what is oldest goes, as strangers may be behind it.
      if (held.length > MAX_UNREAD) {
        held.shift();
        return;
      }
      if (held.length >= MAX_HELD)
        await new Promise<void>((resolve) => {
          waiting.push(resolve);
        });
    });
    const abort = (): void => wake?.();
    const over = this.#over.signal;
    for (const one of [signal, over]) one?.addEventListener('abort', abort);
    try {
      for (;;) {
        if (signal?.aborted === true) return;
        const event = held.shift();
        if (event !== undefined) {
          if (held.length < MAX_HELD / 2) goOn();
          yield event;
          continue;
        }
        if (over.aborted) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
      goOn?.();
      for (const one of [signal, over]) one?.removeEventListener('abort', abort);
    }
  }
}

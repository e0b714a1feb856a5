/** Events: for listeners, and as async iterables. */
import type { Telling } from '../inbox/telling.ts';

/** A function that ends something. */
export type Stop = () => void;

/** A listener; where it gives a promise, what it listens to waits for it. */
export type Listener<T> = (event: T) => unknown;

/** How many events an iterable holds for a slow reader of those whose teller waits: it waits beyond that, and none is dropped. */
const MAX_HELD = 100;

/** How many it holds of those whose teller does not wait. Of more, the oldest are dropped. */
const MAX_UNREAD = 1000;

/** What is told of an event, and whether the teller waits. */
type Inner<T> = (event: T, isAwaited: boolean) => unknown;

/** Tells events, by name. */
export class Events<E extends object> {
  readonly #listeners = new Map<keyof E, Set<Inner<never>>>();
  readonly #failed: (name: keyof E, error: unknown) => void;
  readonly #over = new AbortController();

  /** @param failed is told of a listener that throws: the others are told all the same */
  constructor(failed: (name: keyof E, error: unknown) => void) {
    this.#failed = failed;
  }

  /** Listens. @returns what ends it */
  on<K extends keyof E>(name: K, listener: Listener<E[K]>): Stop {
    // The same function twice is two listeners.
    return this.#add(name, (event) => listener(event));
  }

  #add<K extends keyof E>(name: K, listener: Inner<E[K]>): Stop {
    const listeners = this.#listeners.get(name) ?? new Set();
    this.#listeners.set(name, listeners);
    listeners.add(listener);
    return () => void listeners.delete(listener);
  }

  /** Whether anybody listens. */
  has(name: keyof E): boolean {
    return (this.#listeners.get(name)?.size ?? 0) > 0;
  }

  /**
   * Tells all listeners, in the order in which they came, and waits for those that give promises.
   * @param telling of a teller that waits: it may end this, and is told how far it came
   */
  async tell<K extends keyof E>(name: K, event: E[K], telling?: Telling): Promise<void> {
    const listeners = new Set(this.#listeners.get(name));
    let left = listeners.size;
    if (telling !== undefined) telling.left = left;
    for (const listener of listeners) {
      if (telling?.signal.aborted === true) return;
      left--;
      if (telling !== undefined) telling.left = left;
      try {
        // Only listeners of this name are in this set.
        await (listener as Inner<E[K]>)(event, telling !== undefined);
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
   * Events from now on. What reads them slowly slows down who tells them, where that one waits; of the others, the oldest go.
   * @param signal ends it
   */
  async *iterate<K extends keyof E>(name: K, signal?: AbortSignal): AsyncGenerator<E[K]> {
    const held: { readonly event: E[K]; readonly isAwaited: boolean }[] = [];
    let awaited = 0;
    let wake: (() => void) | undefined;
    // Several may tell at a time, and each of them waits.
    const waiting: (() => void)[] = [];
    const goOn = (): void => {
      for (const resolve of waiting.splice(0)) resolve();
    };
    const stop = this.#add(name, async (event, isAwaited) => {
      held.push({ event, isAwaited });
      wake?.();
      if (!isAwaited) {
        // Strangers may be behind it: they push out each other, and nothing that somebody waits with, which is kept until it is told.
        if (held.length - awaited > MAX_UNREAD)
          held.splice(
            held.findIndex((one) => !one.isAwaited),
            1,
          );
        return;
      }
      if (++awaited >= MAX_HELD)
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
        const next = held.shift();
        if (next !== undefined) {
          if (next.isAwaited) awaited--;
          if (awaited < MAX_HELD / 2) goOn();
          yield next.event;
          continue;
        }
        if (over.aborted) return;
        await new Promise<void>((resolve) => {
          wake = resolve;
        });
      }
    } finally {
      stop();
      goOn();
      for (const one of [signal, over]) one?.removeEventListener('abort', abort);
    }
  }
}

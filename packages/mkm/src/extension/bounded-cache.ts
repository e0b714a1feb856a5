/** A cache that cannot be made to grow: peers choose the keys. */
import { DimError } from '../errors/dim-error.ts';

/** Keeps the most recently used entries, up to a capacity. */
export class BoundedCache<K, V> {
  readonly capacity: number;
  // A Map keeps insertion order: its first key is the least recently used.
  readonly #entries = new Map<K, V>();

  /** @throws DimError `USAGE_ARGUMENT` */
  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 0)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, not negative', { path: 'capacity' });
    this.capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  get(key: K): V | undefined {
    const value = this.#entries.get(key);
    if (value !== undefined) {
      this.#entries.delete(key);
      this.#entries.set(key, value);
    }
    return value;
  }

  set(key: K, value: V): void {
    this.#entries.delete(key);
    this.#entries.set(key, value);
    if (this.#entries.size > this.capacity) {
      const oldest = this.#entries.keys().next();
      if (oldest.done !== true) this.#entries.delete(oldest.value);
    }
  }
}

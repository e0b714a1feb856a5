/** A cache that cannot be made to grow: peers choose the keys. */
import { DimError } from '../errors/dim-error.ts';

/** An entry, and its neighbors in the order of use. */
interface Entry<K, V> {
  readonly key: K;
  value: V;
  /** Used just before this one. */
  older: Entry<K, V> | undefined;
  /** Used just after this one. */
  newer: Entry<K, V> | undefined;
}

/**
 * Keeps the most recently used entries, up to a capacity.
 *
 * The order of use is a list of its own: in the order of a Map, what is deleted and set again and again leaves holes
 * that each later step walks over, so that a hot key in a full cache costs more than reading an ID anew.
 */
export class BoundedCache<K, V> {
  readonly capacity: number;
  readonly #entries = new Map<K, Entry<K, V>>();
  #oldest: Entry<K, V> | undefined;
  #newest: Entry<K, V> | undefined;

  /** @throws DimError `USAGE_ARGUMENT` */
  constructor(capacity: number) {
    if (!Number.isSafeInteger(capacity) || capacity < 0)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, not negative', { path: 'capacity' });
    this.capacity = capacity;
  }

  get size(): number {
    return this.#entries.size;
  }

  /** The keys, in no order that means anything. */
  keys(): Iterable<K> {
    return this.#entries.keys();
  }

  get(key: K): V | undefined {
    const entry = this.#entries.get(key);
    if (entry === undefined) return undefined;
    if (entry !== this.#newest) {
      this.#unlink(entry);
      this.#append(entry);
    }
    return entry.value;
  }

  set(key: K, value: V): void {
    const known = this.#entries.get(key);
    if (known !== undefined) {
      known.value = value;
      this.#unlink(known);
      this.#append(known);
      return;
    }
    const entry: Entry<K, V> = { key, value, older: undefined, newer: undefined };
    this.#entries.set(key, entry);
    this.#append(entry);
    if (this.#entries.size > this.capacity && this.#oldest !== undefined) {
      this.#entries.delete(this.#oldest.key);
      this.#unlink(this.#oldest);
    }
  }

  #append(entry: Entry<K, V>): void {
    entry.older = this.#newest;
    entry.newer = undefined;
    if (this.#newest === undefined) this.#oldest = entry;
    else this.#newest.newer = entry;
    this.#newest = entry;
  }

  #unlink({ older, newer }: Entry<K, V>): void {
    if (older === undefined) this.#oldest = newer;
    else older.newer = newer;
    if (newer === undefined) this.#newest = older;
    else newer.older = older;
  }
}

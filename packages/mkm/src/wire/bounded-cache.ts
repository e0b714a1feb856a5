/** A cache that cannot be made to grow: peers choose the keys. */
import { DimError } from '../errors/dim-error.ts';

/** A second bound of a cache: by what its values weigh. The newest one stays, whatever it weighs. */
export interface CacheWeight<V> {
  readonly limit: number;
  /** What a value weighs. It must be the same each time. */
  of(value: V): number;
}

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
  readonly #weight: CacheWeight<V> | undefined;
  #total = 0;
  readonly #entries = new Map<K, Entry<K, V>>();
  #oldest: Entry<K, V> | undefined;
  #newest: Entry<K, V> | undefined;

  /** @throws DimError `USAGE_ARGUMENT` */
  constructor(capacity: number, weight?: CacheWeight<V>) {
    if (!Number.isSafeInteger(capacity) || capacity < 0)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, not negative', { path: 'capacity' });
    if (weight !== undefined && !(weight.limit >= 0))
      throw new DimError('USAGE_ARGUMENT', 'must be a number, not negative', { path: 'weight.limit' });
    this.capacity = capacity;
    this.#weight = weight;
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
      this.#weigh(known.value, -1);
      known.value = value;
      this.#unlink(known);
      this.#append(known);
    } else {
      const entry: Entry<K, V> = { key, value, older: undefined, newer: undefined };
      this.#entries.set(key, entry);
      this.#append(entry);
    }
    this.#weigh(value, 1);
    while (this.#oldest !== undefined && this.#isOverfull()) {
      this.#weigh(this.#oldest.value, -1);
      this.#entries.delete(this.#oldest.key);
      this.#unlink(this.#oldest);
    }
  }

  #weigh(value: V, sign: 1 | -1): void {
    if (this.#weight !== undefined) this.#total += sign * this.#weight.of(value);
  }

  #isOverfull(): boolean {
    if (this.#entries.size > this.capacity) return true;
    return this.#weight !== undefined && this.#total > this.#weight.limit && this.#entries.size > 1;
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

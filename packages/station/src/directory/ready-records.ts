/** Records that are held ready, and read when they are asked for first. */
import type { JsonMap } from 'dimp';
import { BoundedCache } from 'dimp/internal';
import type { Records } from '../ports/records.ts';

/** How many are held ready, and how much they weigh together. */
export interface ReadyLimits<T> {
  readonly count: number;
  readonly weight: number;
  readonly weightOf: (value: T) => number;
}

/** See the top of the file. */
export class ReadyRecords<T> {
  readonly #records: Records;
  readonly #valueOf: (record: JsonMap | undefined) => T;
  readonly #limits: ReadyLimits<T>;
  #ready: BoundedCache<string, T>;

  /** @param valueOf what a record says, or that there is none */
  constructor(records: Records, valueOf: (record: JsonMap | undefined) => T, limits: ReadyLimits<T>) {
    this.#records = records;
    this.#valueOf = valueOf;
    this.#limits = limits;
    this.#ready = this.#none();
  }

  /** @throws DimError `STORE_…` */
  async of(table: string, key: string): Promise<T> {
    const name = `${table} ${key}`;
    const ready = this.#ready.get(name);
    if (ready !== undefined) return ready;
    const record = await this.#records.read(table, key);
    // In the meantime it may have been written, or read by somebody else who has changed it.
    const value = this.#ready.get(name) ?? this.#valueOf(record);
    this.#ready.set(name, value);
    return value;
  }

  /** It is another one now. */
  put(table: string, key: string, value: T): void {
    this.#ready.set(`${table} ${key}`, value);
  }

  /** Some may be gone. */
  clear(): void {
    this.#ready = this.#none();
  }

  #none(): BoundedCache<string, T> {
    const { count, weight, weightOf } = this.#limits;
    return new BoundedCache(count, { limit: weight, of: weightOf });
  }
}

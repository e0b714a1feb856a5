/**
 * Random bytes that are drawn in advance: a few cost as much as a thousand. They are for IVs and nonces, never for keys.
 *
 * A process may be copied with its memory, by a snapshot of its heap or of the whole machine, and what was drawn before
 * would be used by each copy. So what was drawn is used within a second, by the process that drew it.
 */

/** Where a pool gets its bytes, and how it knows that they are old. */
export interface NonceSource {
  /** Fills memory with random bytes. */
  draw(bytes: Uint8Array): void;
  /** What differs from process to process, also when their memory is the same. */
  process(): number;
  /** Clocks in milliseconds: one may have stood still while a machine was not running, and another may have been set. */
  readonly clocks: readonly (() => number)[];
}

const POOL_BYTES = 1024;
/** Whoever wants more draws for itself. */
const MAX_POOLED_BYTES = 64;
const MAX_AGE_MS = 1000;

/** Random bytes, each of them given out once. */
export class NoncePool {
  readonly #source: NonceSource;
  readonly #bytes = new Uint8Array(POOL_BYTES);
  #used = POOL_BYTES;
  #process = 0;
  readonly #drawnAt: number[] = [];

  constructor(source: NonceSource) {
    this.#source = source;
  }

  /** Bytes in memory of their own. */
  take(length: number): Uint8Array {
    const bytes = new Uint8Array(length);
    if (length > MAX_POOLED_BYTES) {
      this.#source.draw(bytes);
      return bytes;
    }
    if (this.#used + length > POOL_BYTES || this.#isOld()) this.#draw();
    const given = this.#bytes.subarray(this.#used, this.#used + length);
    bytes.set(given);
    given.fill(0);
    this.#used += length;
    return bytes;
  }

  /** Drops what was drawn. */
  forget(): void {
    this.#bytes.fill(0);
    this.#used = POOL_BYTES;
  }

  #isOld(): boolean {
    if (this.#source.process() !== this.#process) return true;
    return this.#source.clocks.some((now, index) => Math.abs(now() - (this.#drawnAt[index] ?? 0)) > MAX_AGE_MS);
  }

  #draw(): void {
    this.#source.draw(this.#bytes);
    this.#used = 0;
    this.#process = this.#source.process();
    for (const [index, now] of this.#source.clocks.entries()) this.#drawnAt[index] = now();
  }
}

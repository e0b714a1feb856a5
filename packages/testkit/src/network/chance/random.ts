/** Random numbers that are the same for the same seed. */

/** Draws numbers. Not for keys: whoever knows the seed knows them all. */
export class Random {
  readonly #seed: number;
  #state: number;

  constructor(seed: number) {
    this.#seed = seed;
    this.#state = mixed(seed);
  }

  /**
   * Another one, that does not depend on how much was drawn of this one. So what happens on one connection changes nothing
   * of what happens on another.
   */
  fork(name: string): Random {
    let seed = mixed(this.#seed);
    for (let index = 0; index < name.length; index++) seed = mixed(seed ^ name.charCodeAt(index));
    return new Random(seed);
  }

  /** From 0 up to, and without, 1. */
  fraction(): number {
    // Mulberry32, by Tommy Ettinger: 32 bits of state, and no more are needed here.
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let bits = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    bits = (bits + Math.imul(bits ^ (bits >>> 7), 61 | bits)) ^ bits;
    return ((bits ^ (bits >>> 14)) >>> 0) / 2 ** 32;
  }

  /** A whole number, from `min` to `max`, both among them. */
  integer(min: number, max: number): number {
    return min + Math.floor(this.fraction() * (max - min + 1));
  }

  /** A number between two. */
  between(min: number, max: number): number {
    return min + this.fraction() * (max - min);
  }

  /** One of a list; undefined of an empty one. */
  pick<T>(list: readonly T[]): T | undefined {
    return list[this.integer(0, list.length - 1)];
  }

  /** A list in another order. */
  shuffled<T>(list: readonly T[]): readonly T[] {
    return list
      .map((item) => ({ item, place: this.fraction() }))
      .sort((one, other) => one.place - other.place)
      .map(({ item }) => item);
  }

  /** Hexadecimal digits. */
  hex(digits: number): string {
    return Array.from({ length: digits }, () => this.integer(0, 15).toString(16)).join('');
  }
}

/** Seeds that differ by a little give numbers that differ by much. */
function mixed(seed: number): number {
  let bits = seed | 0;
  bits = Math.imul(bits ^ (bits >>> 16), 0x21f0aaad);
  bits = Math.imul(bits ^ (bits >>> 15), 0x735a2d97);
  return (bits ^ (bits >>> 15)) + 1;
}

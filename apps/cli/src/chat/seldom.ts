/** What others can cause is told seldom: nobody fills a screen that belongs to another. */

/** Tells of each once, and of so many in all. */
export class Seldom {
  readonly #most: number;
  readonly #told = new Set<string>();

  constructor(most: number) {
    this.#most = most;
  }

  /** Whether it is to be told; `last`, where nothing more will be. */
  may(key: string): boolean | 'last' {
    if (this.#told.has(key) || this.#told.size >= this.#most) return false;
    this.#told.add(key);
    return this.#told.size === this.#most ? 'last' : true;
  }
}

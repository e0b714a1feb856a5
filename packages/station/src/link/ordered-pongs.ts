/**
 * When to answer a `PING`: our clients take the `PONG` for "the station has all that I sent before", as nothing else in this
 * framing says so. So it waits for what came before it.
 */

/** `PING`s that came behind the same payload. */
interface Waiting {
  readonly behind: number;
  count: number;
}

/** Those of one link. */
export class OrderedPongs {
  #latest = 0;
  /** Payloads that are not kept yet, in their order. */
  readonly #open = new Set<number>();
  #waiting: Waiting[] = [];
  #size = 0;

  /** How many wait. */
  get size(): number {
    return this.#size;
  }

  /** A payload came. @returns its number */
  payload(): number {
    this.#latest += 1;
    this.#open.add(this.#latest);
    return this.#latest;
  }

  /** A `PING` came. @returns whether to answer it now */
  ping(): boolean {
    if (this.#open.size === 0) return true;
    const last = this.#waiting.at(-1);
    if (last?.behind === this.#latest) last.count += 1;
    else this.#waiting.push({ behind: this.#latest, count: 1 });
    this.#size += 1;
    return false;
  }

  /** A payload is kept. @returns how many to answer now */
  kept(number: number): number {
    this.#open.delete(number);
    const [oldest = Infinity] = this.#open;
    let count = 0;
    for (let first = this.#waiting[0]; first !== undefined && first.behind < oldest; first = this.#waiting[0]) {
      this.#waiting.shift();
      count += first.count;
    }
    this.#size -= count;
    return count;
  }
}

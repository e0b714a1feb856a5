/** What came since the last whole packet: how many bytes, in how many pieces. */

/** A control frame of a WebSocket is no longer, with its header: no more pieces can be of one. */
const LONGEST_CONTROL = 131;

/** Counts pieces. */
export class PacketPieces {
  #bytes = 0;
  #count = 0;
  /** Bytes of the last pieces. */
  #last: number[] = [];

  get bytes(): number {
    return this.#bytes;
  }

  get count(): number {
    return this.#count;
  }

  /** A piece came. */
  add(bytes: number): void {
    this.#bytes += bytes;
    this.#count += 1;
    this.#last.push(bytes);
    if (this.#last.length > LONGEST_CONTROL) this.#last.shift();
  }

  /** The last bytes belong to no packet; pieces count no more that had nothing else. */
  remove(bytes: number): void {
    let left = Math.min(bytes, this.#bytes);
    this.#bytes -= left;
    while (left > 0) {
      const last = this.#last.pop() ?? left;
      if (last > left) this.#last.push(last - left);
      else this.#count -= 1;
      left -= last;
    }
    if (this.#bytes === 0) this.clear();
  }

  /** Nothing has begun. */
  clear(): void {
    if (this.#count === 0) return;
    this.#bytes = 0;
    this.#count = 0;
    this.#last = [];
  }
}

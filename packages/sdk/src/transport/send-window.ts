/** Sends take turns: only so many are on their way at a time. */

/** How many may be on their way. */
export interface WindowBounds {
  readonly sends: number;
  readonly bytes: number;
}

/** One that waits for its turn. */
interface Turn {
  readonly bytes: number;
  readonly start: () => void;
}

/** First come, first served. */
export class SendWindow {
  readonly #bounds: WindowBounds;
  readonly #waiting: Turn[] = [];
  #sends = 0;
  #bytes = 0;
  #isOpen = false;

  constructor(bounds: WindowBounds) {
    this.#bounds = bounds;
  }

  /** Calls `start` when there is room, now or later. */
  enter(bytes: number, start: () => void): void {
    this.#waiting.push({ bytes, start });
    this.#startNext();
  }

  /** One that has started is done. */
  leave(bytes: number): void {
    this.#sends -= 1;
    this.#bytes -= bytes;
    this.#startNext();
  }

  /** Lets all go now, and those to come: it is the last chance. */
  open(): void {
    this.#isOpen = true;
    this.#startNext();
  }

  /** Forgets those that wait. */
  clear(): void {
    this.#waiting.length = 0;
  }

  #startNext(): void {
    for (let turn = this.#waiting[0]; turn !== undefined; turn = this.#waiting[0]) {
      if (!this.#hasRoom(turn)) return;
      this.#waiting.shift();
      this.#sends += 1;
      this.#bytes += turn.bytes;
      turn.start();
    }
  }

  #hasRoom({ bytes }: Turn): boolean {
    // One of any size has room where it is alone: else it would wait for ever.
    if (this.#isOpen || this.#sends === 0) return true;
    return this.#sends < this.#bounds.sends && this.#bytes + bytes <= this.#bounds.bytes;
  }
}

/** One direction of a connection: what is put in comes out later, in the same order. */
import type { Clock } from 'dimsdk';

interface Item {
  readonly due: number;
  readonly arrive: () => void;
}

/** Lets things arrive after a time. What takes none arrives at once, where nothing is before it. */
export class Lane {
  readonly #clock: Clock;
  readonly #items: Item[] = [];
  readonly #end = new AbortController();
  #isDriven = false;

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  /** Puts something in. It arrives after `seconds`, or later, if what was put in before takes longer. */
  add(seconds: number, arrive: () => void): void {
    if (this.#end.signal.aborted) return;
    if (!(seconds > 0) && this.#items.length === 0) return arrive();
    this.#items.push({ due: this.#clock.now() + seconds, arrive });
    if (!this.#isDriven) void this.#drive();
  }

  /** Drops all that has not arrived. */
  close(): void {
    this.#items.length = 0;
    this.#end.abort();
  }

  async #drive(): Promise<void> {
    this.#isDriven = true;
    for (let item = this.#items[0]; item !== undefined; item = this.#items[0]) {
      try {
        await this.#clock.wait(item.due - this.#clock.now(), this.#end.signal);
      } catch {
        // It was closed.
        return;
      }
      // Out only now: what takes no time must not overtake it.
      item.arrive();
      this.#items.shift();
    }
    this.#isDriven = false;
  }
}

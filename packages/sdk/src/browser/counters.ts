/** Counters: how much there is of what is bounded, so that nothing has to be counted. */
import type { Counter, CounterName } from './schema.ts';
import type { Writer } from './transaction.ts';

const NONE: Counter = { count: 0, length: 0, turn: 0 };

/** A counter that a commit changes. */
export class OpenCounter implements Counter {
  readonly #name: CounterName;
  #isChanged = false;
  count: number;
  length: number;
  turn: number;

  private constructor(name: CounterName, { count, length, turn }: Counter) {
    this.#name = name;
    this.count = count;
    this.length = length;
    this.turn = turn;
  }

  static async open(writer: Writer, name: CounterName): Promise<OpenCounter> {
    return new OpenCounter(name, (await writer.transaction.objectStore('counters').get(name)) ?? NONE);
  }

  /** Counts something that is new, or gone. */
  add(count: number, length = 0): void {
    this.count += count;
    this.length += length;
    this.#isChanged = true;
  }

  /** A number larger than all before it. */
  next(): number {
    this.#isChanged = true;
    return ++this.turn;
  }

  write(writer: Writer): void {
    if (!this.#isChanged) return;
    const { count, length, turn } = this;
    writer.queue(writer.transaction.objectStore('counters').put({ count, length, turn }, this.#name));
  }
}

/** Payloads that came in and wait to be read. */
import type { IncomingPayload } from '../ports/connection.ts';
import type { ConnectionLimits } from './connection-limits.ts';

/** What one weighs beside its bytes. */
const OVERHEAD = 256;

/** How much may wait. */
export interface QueueBounds {
  readonly payloads: number;
  readonly bytes: number;
}

/**
 * How much may wait before no more is read.
 * @param isAwaiting whether a send waits for its answer, which stands behind what comes, however slowly that is read
 */
export function queueBounds(limits: ConnectionLimits, isAwaiting: boolean): QueueBounds {
  if (isAwaiting) return { payloads: limits.mostWaitingPayloads, bytes: limits.mostWaitingBytes };
  return { payloads: limits.waitingPayloads, bytes: limits.waitingBytes };
}

type Result = IteratorResult<IncomingPayload, undefined>;

/** A call of `next` that waits, and whose it is. */
interface Reader {
  readonly iterator: object;
  take(result: Result): void;
}

const DONE: Result = Object.freeze({ done: true, value: undefined });

/** A queue with one reader. The writer asks whether there is room before it takes more from the network. */
export class IncomingQueue implements AsyncIterable<IncomingPayload> {
  #payloads: (IncomingPayload | undefined)[] = [];
  /** What lies before is read. */
  #first = 0;
  #weight = 0;
  #isOver = false;
  #readers: Reader[] = [];
  #watchers: (() => void)[] = [];

  /** How many wait. */
  get size(): number {
    return this.#payloads.length - this.#first;
  }

  /** Whether there is as much as there may be, or more. */
  isFull({ payloads, bytes }: QueueBounds): boolean {
    return this.size >= payloads || this.#weight >= bytes;
  }

  /** Adds one. After the end nothing is added. */
  push(payload: IncomingPayload): void {
    if (this.#isOver) return;
    const reader = this.#readers.shift();
    if (reader !== undefined) return reader.take({ done: false, value: payload });
    this.#payloads.push(payload);
    this.#weight += weightOf(payload);
  }

  /** There will be no more. What waits can still be read. */
  end(): void {
    this.#isOver = true;
    for (const reader of this.#readers.splice(0)) reader.take(DONE);
    this.wake();
  }

  /** Settles when one was read, at the end, or when {@link wake} is called. */
  async changed(): Promise<void> {
    if (this.#isOver) return;
    await new Promise<void>((resolve) => this.#watchers.push(resolve));
  }

  /** Whoever waits for {@link changed} should look again. */
  wake(): void {
    for (const watcher of this.#watchers.splice(0)) watcher();
  }

  [Symbol.asyncIterator](): AsyncIterator<IncomingPayload, undefined> {
    let isLeft = false;
    const iterator: AsyncIterator<IncomingPayload, undefined> = {
      next: async () => (isLeft ? DONE : this.#next(iterator)),
      // Whoever leaves a loop may go on with another one later, and misses nothing between them.
      return: async () => {
        isLeft = true;
        const waiting = this.#readers.filter((reader) => reader.iterator === iterator);
        this.#readers = this.#readers.filter((reader) => reader.iterator !== iterator);
        for (const reader of waiting) reader.take(DONE);
        return DONE;
      },
    };
    return iterator;
  }

  async #next(iterator: object): Promise<Result> {
    const value = this.#take();
    if (value !== undefined) return { done: false, value };
    if (this.#isOver) return DONE;
    return new Promise((resolve) => this.#readers.push({ iterator, take: resolve }));
  }

  #take(): IncomingPayload | undefined {
    const payload = this.#payloads[this.#first];
    if (payload === undefined) return undefined;
    this.#payloads[this.#first] = undefined;
    this.#first += 1;
    this.#weight -= weightOf(payload);
    // To take from the front of a long array each time would move the rest each time.
    if (this.#first * 2 >= this.#payloads.length) {
      this.#payloads = this.#payloads.slice(this.#first);
      this.#first = 0;
    }
    this.wake();
    return payload;
  }
}

function weightOf({ bytes }: IncomingPayload): number {
  return bytes.length + OVERHEAD;
}

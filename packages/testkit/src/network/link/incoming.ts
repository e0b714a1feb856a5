/** What has come to a client, and is read by it, in order. */
import { DimError } from 'dimp';
import type { IncomingPayload } from 'dimsdk';

/** Payloads for one reader. */
export class Incoming implements AsyncIterable<IncomingPayload> {
  readonly #payloads: IncomingPayload[] = [];
  readonly #taken: () => void;
  #reader: ((result: IteratorResult<IncomingPayload, undefined>) => void) | undefined;
  #hasReader = false;
  #hasEnded = false;

  /** @param taken called when there is room for more */
  constructor(taken: () => void) {
    this.#taken = taken;
  }

  /** How many nobody has read yet. */
  get unread(): number {
    return this.#payloads.length;
  }

  add(payload: IncomingPayload): void {
    if (this.#hasEnded) return;
    if (this.#reader === undefined) this.#payloads.push(payload);
    else this.#answer({ done: false, value: payload });
  }

  /** Nothing more comes. What has come can be read still. */
  end(): void {
    this.#hasEnded = true;
    this.#answer({ done: true, value: undefined });
  }

  #answer(result: IteratorResult<IncomingPayload, undefined>): void {
    const reader = this.#reader;
    this.#reader = undefined;
    reader?.(result);
  }

  /** @throws DimError `USAGE_ARGUMENT` for a second reader */
  [Symbol.asyncIterator](): AsyncIterator<IncomingPayload, undefined> {
    if (this.#hasReader) throw new DimError('USAGE_ARGUMENT', 'has a reader already', { path: 'incoming' });
    this.#hasReader = true;
    return {
      next: async () => this.#next(),
      return: async () => ({ done: true, value: undefined }),
    };
  }

  async #next(): Promise<IteratorResult<IncomingPayload, undefined>> {
    const value = this.#payloads.shift();
    if (value !== undefined) {
      this.#taken();
      return { done: false, value };
    }
    if (this.#hasEnded) return { done: true, value: undefined };
    return new Promise((resolve) => {
      this.#reader = resolve;
    });
  }
}

/**
 * Memory that a worker shares with its parent: how many inputs it began, and the last of them. When the number stands
 * still, that input is the one that hangs.
 */
import { MAX_INPUT_BYTES } from './mutate.ts';

const BEGUN = 0;
const LENGTH = 1;
const HEADER_BYTES = 8;

export class Watch {
  readonly buffer: SharedArrayBuffer;
  readonly #header: Int32Array;
  readonly #input: Uint8Array;

  constructor(buffer: SharedArrayBuffer = new SharedArrayBuffer(HEADER_BYTES + 4 * MAX_INPUT_BYTES)) {
    this.buffer = buffer;
    this.#header = new Int32Array(buffer, 0, 2);
    this.#input = new Uint8Array(buffer, HEADER_BYTES);
  }

  /** The worker begins an input. */
  begin(input: Uint8Array): void {
    const length = Math.min(input.length, this.#input.length);
    this.#input.set(input.subarray(0, length));
    Atomics.store(this.#header, LENGTH, length);
    Atomics.add(this.#header, BEGUN, 1);
  }

  /** How many inputs were begun. */
  get begun(): number {
    return Atomics.load(this.#header, BEGUN);
  }

  /** The input that was begun last. */
  get input(): Uint8Array {
    return new Uint8Array(this.#input.subarray(0, Atomics.load(this.#header, LENGTH)));
  }
}

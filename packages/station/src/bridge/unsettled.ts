/** What a neighbor has sent and this station has not kept yet: no more is read than a bounded part of it. */
import type { IncomingPayload } from 'dimsdk';

const PAYLOADS = 256;
const BYTES = 8 * 1024 * 1024;

/** Counts what is not acknowledged yet. */
export class Unsettled {
  #payloads = 0;
  #bytes = 0;
  #isOver = false;
  #wake: () => void = () => undefined;

  /** @returns what acknowledges it */
  add(payload: IncomingPayload): () => void {
    const { length } = payload.bytes;
    this.#payloads += 1;
    this.#bytes += length;
    return () => {
      payload.acknowledge();
      this.#payloads -= 1;
      this.#bytes -= length;
      this.#wake();
    };
  }

  /** The connection is over: nobody waits any more. */
  end(): void {
    this.#isOver = true;
    this.#wake();
  }

  /** Waits until more may be read. */
  async room(): Promise<void> {
    while (!this.#isOver && (this.#payloads >= PAYLOADS || this.#bytes >= BYTES)) {
      await new Promise<void>((resolve) => {
        this.#wake = resolve;
      });
    }
  }
}

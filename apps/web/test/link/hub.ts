/** A channel in memory: what one end posts, all others hear, as copies, and later. */
import type { WordChannel } from '../../src/protocol/broadcast.ts';

export class Hub<W> {
  readonly #ends = new Set<(word: W) => void>();
  readonly words: W[] = [];

  end(): WordChannel<W> & { leave(): void } {
    const listeners: ((word: W) => void)[] = [];
    const hear = (word: W): void => listeners.forEach((listener) => listener(word));
    this.#ends.add(hear);
    return {
      post: (word) => {
        const copy = structuredClone(word);
        this.words.push(copy);
        for (const other of this.#ends) if (other !== hear) queueMicrotask(() => this.#ends.has(other) && other(copy));
      },
      hear: (listener) => void listeners.push(listener),
      leave: () => void this.#ends.delete(hear),
    };
  }
}

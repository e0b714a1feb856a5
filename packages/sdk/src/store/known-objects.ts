/** Objects by the text that they were read from, so that each is read, and verified, once. */
import { BoundedCache } from 'dimp/internal';

/** How many are remembered, and how many characters their texts have, all together. */
const CAPACITY = 10_000;
const LENGTH = 8 * 1024 * 1024;

interface Known {
  readonly object: unknown;
  readonly length: number;
}

/**
 * Remembers what was read from a text. Whoever asks has just read the text from the database: so this is right whatever
 * other tabs do.
 */
export class KnownObjects {
  readonly #known = new BoundedCache<string, Known>(CAPACITY, { limit: LENGTH, of: ({ length }) => length });

  /**
   * What a text says.
   * @param kind what is read from it; a word
   * @param owner whose it is: two IDs may have metas of one text, and each is verified for one of them
   */
  read<T>(kind: string, owner: string, text: string, parse: (text: string) => T): T {
    const known = this.#known.get(keyOf(kind, owner, text));
    if (known !== undefined) return known.object as T;
    const object = parse(text);
    this.keep(kind, owner, text, object);
    return object;
  }

  /** Remembers an object that was written as a text. */
  keep(kind: string, owner: string, text: string, object: unknown): void {
    this.#known.set(keyOf(kind, owner, text), { object, length: text.length });
  }
}

function keyOf(kind: string, owner: string, text: string): string {
  // A blank is in no ID.
  return `${kind} ${owner} ${text}`;
}

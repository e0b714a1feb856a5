/**
 * Text that is larger than one code: parts that are shown one after another, and read in any order. Each says which of how many
 * it is, and of what text: `DIM:3/12:` with the first 16 hexadecimal digits of the SHA-256 of the UTF-8 of the whole, `:`, and
 * its piece. What comes together is checked by that digest.
 */

/** Small enough for cameras of telephones at the screen of a laptop. */
const PIECE = 300;
/** More than any identity has, and an end for what a stranger shows. */
const MOST_PARTS = 600;
const LONGEST_PIECE = 3000;
const DIGEST_DIGITS = 16;

const FORM = /^DIM:(\d{1,3})\/(\d{1,3}):([0-9a-f]{16}):/;

/** @throws RangeError for a text that no one has the patience for */
export async function partsOf(text: string): Promise<readonly string[]> {
  const total = Math.max(1, Math.ceil(text.length / PIECE));
  if (total > MOST_PARTS) throw new RangeError(`a text of ${text.length} characters is too long for codes`);
  const digest = await digestOf(text);
  return Array.from(
    { length: total },
    (_, at) => `DIM:${at + 1}/${total}:${digest}:${text.slice(at * PIECE, (at + 1) * PIECE)}`,
  );
}

/** How far the parts are together. */
export type Collected =
  /** The code is none of such a text. */
  | { readonly is: 'other' }
  | { readonly is: 'going'; readonly have: number; readonly total: number }
  | { readonly is: 'whole'; readonly text: string }
  /** All are there, and they are not that text: it begins anew. */
  | { readonly is: 'damaged' };

/** Puts the parts of one text together. Those of another text begin anew: the other device shows something else now. */
export class PartCollector {
  #of = '';
  #total = 0;
  readonly #pieces = new Map<number, string>();

  async add(code: string): Promise<Collected> {
    const found = FORM.exec(code);
    if (found === null) return { is: 'other' };
    const [head, numberText = '', totalText = '', digest = ''] = found;
    const [number, total, piece] = [Number(numberText), Number(totalText), code.slice(head.length)];
    if (number < 1 || number > total || total > MOST_PARTS || piece.length > LONGEST_PIECE) return { is: 'other' };
    if (this.#of !== digest || this.#total !== total) {
      [this.#of, this.#total] = [digest, total];
      this.#pieces.clear();
    }
    this.#pieces.set(number, piece);
    if (this.#pieces.size < total) return { is: 'going', have: this.#pieces.size, total };
    const text = Array.from({ length: total }, (_, at) => this.#pieces.get(at + 1)).join('');
    if ((await digestOf(text)) === digest) return { is: 'whole', text };
    this.#pieces.clear();
    return { is: 'damaged' };
  }
}

async function digestOf(text: string): Promise<string> {
  const bytes = new Uint8Array(await crypto.subtle.digest('SHA-256', new TextEncoder().encode(text)));
  const digits = Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  return digits.slice(0, DIGEST_DIGITS);
}

/** What stands on the screen above the prompt, by rows: so that a line that is still there can be written again. */
import { stripVTControlCharacters } from 'node:util';

/** Something that was printed. */
interface Printed {
  readonly key: string | undefined;
  /** Rows from the one with the mark to the end. */
  readonly rows: number;
}

/** Terminals disagree about the width of characters: what would fit only by ours may take more rows than are known. */
function isCertain(line: string, columns: number): boolean {
  let most = 0;
  for (const character of stripVTControlCharacters(line)) most += isNarrow(character) ? 1 : 2 * character.length;
  return most <= columns;
}

/** Letters of Europe, and signs of this program: one column everywhere. */
function isNarrow(character: string): boolean {
  const code = character.charCodeAt(0);
  return code < 0x300 || (code >= 0x370 && code < 0x483) || SIGNS.has(character);
}

const SIGNS: ReadonlySet<string> = new Set('✓✗·─…');

/** Rows above the prompt that are known for certain. */
export class RowsOnScreen {
  #printed: Printed[] = [];

  /** Lines were printed. @param mark which of them is written again, by its key */
  add(lines: readonly string[], columns: number, mark?: { readonly key: string; readonly line: number }): void {
    if (!lines.every((line) => isCertain(line, columns))) return this.forget();
    const { key, line } = mark ?? { key: undefined, line: 0 };
    if (line > 0) this.#printed.push({ key: undefined, rows: line });
    this.#printed.push({ key, rows: lines.length - line });
    // More than any screen has.
    if (this.#printed.length > 200) this.#printed.shift();
  }

  /** How many rows above the prompt a line stands; undefined where that is not known. */
  above(key: string): number | undefined {
    const at = this.#printed.map((one) => one.key).lastIndexOf(key);
    return at === -1 ? undefined : this.#printed.slice(at).reduce((sum, { rows }) => sum + rows, 0);
  }

  /** Something else was printed, or the terminal has another width. */
  forget(): void {
    this.#printed = [];
  }
}

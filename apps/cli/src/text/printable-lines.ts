/** Text of others in lines, made fit for a terminal. */
import { printable } from './printable.ts';

/** More of one message is not shown at once. */
const MAX_LINES = 40;
const MAX_LENGTH = 4000;

/** Its lines without what moves a cursor, turns the direction of writing or hides; of a long one the beginning. */
export function printableLines(text: string): readonly string[] {
  const lines = text.slice(0, MAX_LENGTH).split(/\r\n|\r|\n/);
  const shown = lines.slice(0, MAX_LINES).map((line) => printable(line, MAX_LENGTH));
  const isWhole = text.length <= MAX_LENGTH && lines.length <= MAX_LINES;
  return isWhole ? shown : [...shown, `... (${text.length} characters in all)`];
}

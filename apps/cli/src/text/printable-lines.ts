/** Text of others in lines, made fit for a terminal. */
import { foreignLines } from './foreign-text.ts';

/** More of one message is not shown at once. */
const BOUNDS = { lines: 40, characters: 4000 } as const;

/** Its lines without what moves a cursor, turns the direction of writing or hides; of a long one the beginning. */
export function printableLines(text: string): readonly string[] {
  const { lines, next } = foreignLines(text, BOUNDS);
  return next === undefined ? lines : [...lines, `... (${text.length} characters in all)`];
}

/** Lines that fit into a terminal: what it breaks by itself begins in the first column, where a text could look like another one's. */
import { wrapAnsi } from 'fast-wrap-ansi';

/** Left free: terminals disagree about the width of some characters. */
export const SPARE = 2;

/** Narrower than this, nothing is readable. */
const LEAST_COLUMNS = 24;

/** The parts of a line, none wider than so many columns. */
export function wrapped(text: string, columns: number): readonly string[] {
  const lines = wrapAnsi(text, Math.max(columns, LEAST_COLUMNS), { hard: true, trim: false }).split('\n');
  const [first = '', ...rest] = lines;
  // What a line begins with is kept; the space at which it was broken is none of that.
  return [first, ...rest.map((line) => line.replace(/^ /, ''))];
}

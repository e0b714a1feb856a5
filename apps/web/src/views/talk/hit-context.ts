/** What stands around a hit of a search. */
import { oneLine } from '../parts/shown-text.ts';

const BEFORE = 40;
const AFTER = 120;

export interface HitContext {
  readonly before: string;
  readonly hit: string;
  readonly after: string;
}

/** The first place of the words that were looked for; where the engine found it by another spelling, the beginning. */
export function contextOf(text: string, wanted: string): HitContext {
  const at = wanted === '' ? -1 : text.toLowerCase().indexOf(wanted.toLowerCase());
  // Lower case may be longer than what it is of: then the places are not those of the text.
  if (at === -1 || text.toLowerCase().length !== text.length)
    return { before: oneLine(text, BEFORE + AFTER), hit: '', after: '' };
  const from = Math.max(0, at - BEFORE);
  const end = at + wanted.length;
  return {
    before: `${from > 0 ? '\u2026' : ''}${oneLine(text.slice(from, at), BEFORE)}`,
    hit: oneLine(text.slice(at, end), 200),
    after: oneLine(text.slice(end), AFTER),
  };
}

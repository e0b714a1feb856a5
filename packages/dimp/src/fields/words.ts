/** Lists of words that travel as one text, with blanks between them. */
import { DimError } from 'dkd';
import { within } from 'dkd/extend';

/**
 * The words of a text.
 * @throws DimError `INPUT_LIMIT` when there are more than `max`
 */
export function splitWords(text: string, max: number): readonly string[] {
  const words = text
    .trim()
    .split(/\s+/, max + 1)
    .filter((word) => word !== '');
  if (words.length > max) throw new DimError('INPUT_LIMIT', `has more than ${max} words`);
  return Object.freeze(words);
}

/**
 * The words as one text.
 * @throws DimError `USAGE_ARGUMENT` for a word that is empty or has a blank
 */
export function joinWords(words: readonly string[], path: string): string {
  const wrong = within(path, () => words.findIndex((word) => typeof word !== 'string' || !/^\S+$/.test(word)));
  if (wrong !== -1) throw new DimError('USAGE_ARGUMENT', 'must be one word', { path: `${path}[${wrong}]` });
  return words.join(' ');
}

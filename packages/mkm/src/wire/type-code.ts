/** Type codes of metas and contents: today a string of decimal digits, earlier a number, sometimes a word. */
import { DimError } from '../errors/dim-error.ts';
import { typeName } from './json-map.ts';

const MAX_CODE = 0xffff_ffff;

/**
 * Reads a type code in any of its spellings.
 * @param words names in lower case that stand for a code: `text` for `1`
 * @returns the code in decimal digits
 * @throws DimError `INPUT_TYPE`, `INPUT_FORMAT` or `INPUT_RANGE`
 */
export function readTypeCode(value: unknown, words: ReadonlyMap<string, string>): string {
  if (typeof value === 'number') {
    if (!Number.isInteger(value) || value < 0 || value > MAX_CODE)
      throw new DimError('INPUT_RANGE', 'must be a type code');
    return String(value);
  }
  if (typeof value !== 'string') throw new DimError('INPUT_TYPE', `must be a type code, not ${typeName(value)}`);
  if (/^(0|[1-9]\d{0,9})$/.test(value) && Number(value) <= MAX_CODE) return value;
  const code = value.length <= 32 ? words.get(value.toLowerCase()) : undefined;
  if (code === undefined) throw new DimError('INPUT_FORMAT', 'must be a type code in decimal digits');
  return code;
}

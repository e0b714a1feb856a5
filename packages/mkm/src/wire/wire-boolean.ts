/** Yes or no: `true` and `false`, and what writers without booleans, or with habits of their own, put in their place. */
import { DimError } from '../errors/dim-error.ts';
import { typeName } from './json-map.ts';

const WORDS: ReadonlyMap<string, boolean> = /* @__PURE__ */ new Map([
  ['true', true],
  ['yes', true],
  ['on', true],
  ['1', true],
  ['false', false],
  ['no', false],
  ['off', false],
  ['0', false],
]);

/**
 * Reads a boolean: itself, `1` or `0`, or a word in any letter case: `true yes on 1`, `false no off 0`.
 *
 * @example
 * ```ts
 * import { readBoolean } from 'mkm/extend';
 *
 * readBoolean('Yes'); // true
 * ```
 * @throws DimError `INPUT_TYPE` or `INPUT_FORMAT`
 */
export function readBoolean(value: unknown): boolean {
  if (typeof value === 'boolean') return value;
  // The length first: a text may be as long as a message.
  const isShort = typeof value === 'string' && value.length <= 5;
  const answer = isShort || typeof value === 'number' ? WORDS.get(String(value).toLowerCase()) : undefined;
  if (answer !== undefined) return answer;
  if (typeof value === 'string') throw new DimError('INPUT_FORMAT', 'must be true or false');
  throw new DimError('INPUT_TYPE', `must be true or false, not ${typeName(value)}`);
}

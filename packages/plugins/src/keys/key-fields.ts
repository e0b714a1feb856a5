/** What the readers of key maps share: the text in `data`, and hints that must not contradict the algorithm. */
import { DimError, type JsonMap } from 'mkm';
import { fieldOf, optionalTextOf, textOf, within } from 'mkm/extend';

/**
 * Reads the `data` of a key map; errors of the reader get the path `data`. The context has checked its length.
 * @throws DimError `INPUT_MISSING`, `INPUT_TYPE`, `INPUT_FORMAT` when empty
 */
export function readData<T>(fields: JsonMap, read: (text: string) => T): T {
  const text = textOf(fields, 'data');
  if (text === '') throw new DimError('INPUT_FORMAT', 'must not be empty', { path: 'data' });
  return within('data', () => read(text));
}

/**
 * Refuses a hint that names something else than what this algorithm does: it would be read with the wrong meaning.
 * Absent is fine, and null is absent.
 * @throws DimError `INPUT_TYPE`, `UNSUPPORTED_ALGORITHM`
 */
export function checkHint(fields: JsonMap, name: string, accepted: RegExp): void {
  // Writers in some languages put null where nothing is.
  const hint = fieldOf(fields, name) === null ? undefined : optionalTextOf(fields, name);
  if (hint !== undefined && !accepted.test(hint)) {
    throw new DimError('UNSUPPORTED_ALGORITHM', `this ${name} is not supported`, { path: name });
  }
}

/** The digest that all signatures here are made with. */
export const SHA256_HINT: RegExp = /^sha-?256$/i;

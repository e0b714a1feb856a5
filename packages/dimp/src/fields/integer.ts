/** Whole numbers in a command: a number, or its decimal digits. */
import { DimError, type JsonMap } from 'dkd';
import { typeName, optionalFieldOf } from 'dkd/extend';

/**
 * A whole number from 0 to `max`, or undefined when the field is absent or null.
 * @throws DimError `INPUT_TYPE`, `INPUT_FORMAT` or `INPUT_RANGE`
 */
export function optionalIntegerOf(fields: JsonMap, name: string, max: number): number | undefined {
  const value = optionalFieldOf(fields, name);
  if (value === undefined) return undefined;
  if (typeof value === 'string' && !/^\d{1,15}$/.test(value))
    throw new DimError('INPUT_FORMAT', 'must be a number in decimal digits', { path: name });
  const number = typeof value === 'string' ? Number(value) : value;
  if (typeof number !== 'number' && typeof number !== 'bigint')
    throw new DimError('INPUT_TYPE', `must be a number, not ${typeName(value)}`, { path: name });
  if (typeof number === 'bigint' || !Number.isInteger(number) || number < 0 || number > max)
    throw new DimError('INPUT_RANGE', `must be a whole number from 0 to ${max}`, { path: name });
  // Not minus zero, which is written as zero and compared as another.
  return number + 0;
}

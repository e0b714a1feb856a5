/** Reading the values of rows that this package wrote. */
import { DimError, type JsonMap } from 'dimp';
import { fieldOf, typeName } from 'dimp/extend';

/** A number. @throws DimError `INPUT_TYPE` */
export function numberOf(fields: JsonMap, name: string): number {
  const value = fieldOf(fields, name);
  if (typeof value === 'number') return value;
  throw new DimError('INPUT_TYPE', `must be a number, not ${typeName(value)}`, { path: name });
}

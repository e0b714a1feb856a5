/** Reading texts out of contents that may have anything in their fields. */
import type { JsonMap } from 'dimp';
import { fieldOfAny } from 'dimp/extend';

/** The text of the first of some fields that is there; undefined for what is no text. */
export function textField(fields: JsonMap, ...names: readonly string[]): string | undefined {
  const value = fieldOfAny(fields, names);
  return typeof value === 'string' ? value : undefined;
}

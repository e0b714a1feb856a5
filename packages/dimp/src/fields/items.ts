/** Lists of things in a content: each item is read, and its errors name its place. */
import { DimError, type JsonMap, type JsonValue } from 'dkd';
import { optionalListOf, within } from 'dkd/extend';

/**
 * Reads a required list; one bad item is an error of the whole.
 * @throws DimError `INPUT_MISSING`, `INPUT_TYPE`, and those of `read` with the path `name[index]`
 */
export function itemsOf<T>(fields: JsonMap, name: string, read: (item: JsonValue) => T): readonly T[] {
  const items = optionalItemsOf(fields, name, read);
  if (items === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: name });
  return items;
}

/** {@link itemsOf}, or undefined when the field is absent. */
export function optionalItemsOf<T>(
  fields: JsonMap,
  name: string,
  read: (item: JsonValue) => T,
): readonly T[] | undefined {
  const items = optionalListOf(fields, name);
  if (items === undefined) return undefined;
  return Object.freeze(items.map((item, index) => within(`${name}[${index}]`, () => read(item))));
}

/** Maps from names that a peer chose: read into a `Map`, where no name is special. */
import { type JsonMap, type JsonValue } from 'dkd';
import { optionalMapOf, within } from 'dkd/extend';

/**
 * Reads a map field; one bad entry is an error of the whole.
 * @returns undefined when the field is absent
 * @throws DimError `INPUT_TYPE`, and those of `read` with the path `field.name`
 */
export function optionalEntriesOf<T>(
  fields: JsonMap,
  field: string,
  read: (value: JsonValue, name: string) => T,
): ReadonlyMap<string, T> | undefined {
  const map = optionalMapOf(fields, field);
  if (map === undefined) return undefined;
  return new Map(
    Object.entries(map).map(([name, value]) => [name, within(field, () => within(name, () => read(value, name)))]),
  );
}

/** What is nearly right: maps with one thing wrong, bytes with one byte changed, fields that mean nothing to anybody. */
import * as fc from 'fast-check';
import { parseJson, type JsonMap, type JsonValue } from 'mkm';

/**
 * A valid map with one thing wrong: a field dropped, retyped, renamed, or with another beside it.
 * @param names of the other fields
 * @param values of the other fields, and of those that are retyped
 */
export function changedMap(
  valid: fc.Arbitrary<JsonMap>,
  names: fc.Arbitrary<string>,
  values: fc.Arbitrary<JsonValue>,
): fc.Arbitrary<JsonMap> {
  const change = fc.tuple(fc.nat(), fc.constantFrom('drop', 'retype', 'rename', 'add'), names, values);
  return fc.tuple(valid, change).map(([map, [at, how, other, value]]) => {
    const entries = Object.entries(map);
    const index = at % Math.max(1, entries.length);
    const [name = other, old = value] = entries[index] ?? [];
    const replaced: Record<typeof how, [string, JsonValue][]> = {
      drop: [],
      retype: [[name, value]],
      rename: [[other, old]],
      add: [
        [name, old],
        [other, value],
      ],
    };
    return Object.fromEntries(entries.toSpliced(index, 1, ...replaced[how]));
  });
}

/** A JSON value as a reader has it: with no integer that a number would round. */
export const readValue: fc.Arbitrary<JsonValue> = fc
  .jsonValue({ maxDepth: 2 })
  .map((value) => parseJson(JSON.stringify(value)));

/** Up to three fields that no reader knows. @param special names that look as if they meant something */
export function fieldsOfNobody(...special: readonly string[]): fc.Arbitrary<JsonMap> {
  const name = fc.oneof(
    fc.string().map((text) => `x-${text}`),
    fc.constantFrom('__proto__', 'constructor', 'toString', ...special),
  );
  return fc.array(fc.tuple(name, readValue), { maxLength: 3 }).map((entries) => Object.fromEntries(entries));
}

/** A change of one byte: where (cut to the length), and by which bits. */
export const byteChange: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))
  .map(
    ([at, bits]) =>
      (bytes) =>
        bytes.map((byte, index) => (index === at % bytes.length ? byte ^ bits : byte)),
  );

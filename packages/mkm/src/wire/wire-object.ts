/** The base of everything that travels as a JSON map. */
import { isJsonMap, setField, type JsonMap, type JsonValue, type MutableJsonMap } from './json-map.ts';
import { stringifyJson } from './json-text.ts';

/**
 * A protocol object. {@link WireObject.fields}, the map from the wire, is the one truth: it keeps every field,
 * known or not. Codecs copy and freeze it. Properties of subclasses are what was read and checked of it.
 */
export abstract class WireObject {
  /** The map as it goes over the wire. */
  readonly fields: JsonMap;

  protected constructor(fields: JsonMap) {
    this.fields = fields;
  }

  /** The map, so that `JSON.stringify` writes this object. Use {@link WireObject.serialize} for numbers beyond 2^53. */
  toJSON(): JsonMap {
    return this.fields;
  }

  /** A copy of the map that may be changed freely. */
  toMap(): MutableJsonMap {
    return copyOfMap(this.fields);
  }

  /** The map as JSON text. */
  serialize(): string {
    return stringifyJson(this.fields);
  }
}

/** Not `structuredClone`: jsdom has none, and elsewhere it takes longer. */
function copyOfMap(map: JsonMap): MutableJsonMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, copyOf(value)]));
}

function copyOf(value: JsonValue): JsonValue {
  if (isJsonMap(value)) return copyOfMap(value);
  // What is neither a map nor a list is a value like any other.
  return Array.isArray(value) ? value.map((item: JsonValue) => copyOf(item)) : value;
}

function withoutFields(fields: JsonMap, removed: object): MutableJsonMap {
  const left: MutableJsonMap = {};
  for (const name of Object.keys(fields)) {
    if (!Object.hasOwn(removed, name)) setField(left, name, fields[name]);
  }
  return left;
}

/** A copy of `fields` with changes; a field set to `undefined` is left out. */
export function changeFields(fields: JsonMap, changes: { readonly [name: string]: JsonValue | undefined }): JsonMap {
  const names = Object.keys(changes);
  const changed: MutableJsonMap = names.some((name) => Object.hasOwn(fields, name))
    ? withoutFields(fields, changes)
    : { ...fields };
  for (const name of names) setField(changed, name, changes[name]);
  return Object.freeze(changed);
}

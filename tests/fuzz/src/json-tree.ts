/** JSON values as plain trees that may be changed, and the places in them. */

export type JsonValue = string | number | boolean | null | JsonValue[] | { [name: string]: JsonValue };

/** A place in a tree: the list or map that holds it, and the index or name. The root is held by a list of one. */
export interface Place {
  readonly holder: JsonValue[] | { [name: string]: JsonValue };
  readonly name: string;
}

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const encoder = new TextEncoder();

/** The value of a JSON text; undefined when it is none. */
export function readTree(input: Uint8Array): JsonValue | undefined {
  try {
    return parseTree(decoder.decode(input));
  } catch {
    return undefined;
  }
}

/** {@link readTree} of a text. */
export function parseTree(text: string): JsonValue | undefined {
  try {
    return JSON.parse(text) as JsonValue;
  } catch {
    return undefined;
  }
}

export function writeTree(value: JsonValue): Uint8Array {
  return encoder.encode(JSON.stringify(value));
}

/** Every place in a tree, the root first. */
export function placesOf(root: JsonValue): Place[] {
  const places: Place[] = [{ holder: [root], name: '0' }];
  for (let index = 0; index < places.length; index++) {
    const place = places[index] as Place;
    const value = valueAt(place);
    if (typeof value !== 'object' || value === null) continue;
    for (const name of Object.keys(value)) places.push({ holder: value, name });
  }
  return places;
}

export function valueAt({ holder, name }: Place): JsonValue {
  return (holder as Record<string, JsonValue>)[name] ?? null;
}

export function setAt(place: Place, value: JsonValue): void {
  // Not by assignment: a field may be called `__proto__`.
  Object.defineProperty(place.holder, place.name, { value, writable: true, enumerable: true, configurable: true });
}

export function removeAt({ holder, name }: Place): void {
  if (Array.isArray(holder)) holder.splice(Number(name), 1);
  else delete holder[name];
}

/** Whether a value is a map. */
export function isMap(value: JsonValue): value is { [name: string]: JsonValue } {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

export function copyTree(value: JsonValue): JsonValue {
  return JSON.parse(JSON.stringify(value)) as JsonValue;
}

/** Short names: what a writer may shorten to save bytes, and a reader takes beside the long ones, mixed. */
import { DimError, stringifyJson, type JsonMap, type JsonValue } from 'mkm';
import { fieldOf } from 'mkm/extend';

/** Short names of one kind of map, each a single letter, and the long names that they stand for. */
export type ShortNames = ReadonlyMap<string, string>;

/** `S` is ambiguous and is never expanded. `K` is `key` where its value is a text: see {@link expandMessageNames}. */
export const MESSAGE_NAMES: ShortNames = /* @__PURE__ */ new Map([
  ['F', 'sender'],
  ['R', 'receiver'],
  ['W', 'time'],
  ['T', 'type'],
  ['G', 'group'],
  ['K', 'keys'],
  ['D', 'data'],
  ['V', 'signature'],
  ['M', 'meta'],
  ['P', 'visa'],
]);

export const CONTENT_NAMES: ShortNames = /* @__PURE__ */ new Map([
  ['T', 'type'],
  ['N', 'sn'],
  ['W', 'time'],
  ['G', 'group'],
  ['C', 'command'],
]);

export const SYMMETRIC_KEY_NAMES: ShortNames = /* @__PURE__ */ new Map([
  ['A', 'algorithm'],
  ['D', 'data'],
  ['I', 'iv'],
]);

/**
 * The map with long names. Where one of two names has null, the other counts.
 * @throws DimError `INPUT_CONFLICT` when a short name and its long one are both there and differ
 */
export function expandNames(map: JsonMap, names: ShortNames): JsonMap {
  if (!hasAny(map, names)) return map;
  const expanded = new Map<string, JsonValue>();
  for (const [name, value] of Object.entries(map)) {
    const long = names.get(name) ?? name;
    const twin = expanded.get(long) ?? null;
    if (twin === null) expanded.set(long, value);
    else if (value !== null && stringifyJson(twin) !== stringifyJson(value)) {
      const short = [...names.keys()].find((key) => names.get(key) === long && fieldOf(map, key) !== undefined);
      throw new DimError('INPUT_CONFLICT', `differs from ${long}`, { path: short ?? name });
    }
  }
  return Object.freeze(Object.fromEntries(expanded));
}

/** Of most maps, no more is done. */
function hasAny(map: JsonMap, names: ShortNames): boolean {
  for (const name of Object.keys(map)) if (name.length === 1 && names.has(name)) return true;
  return false;
}

/** {@link expandNames} for a content. What is within it stays as it is. */
export function expandContentNames(map: JsonMap): JsonMap {
  return expandNames(map, CONTENT_NAMES);
}

/** {@link expandNames} for a message, where `K` stands for `keys` or, as a text, for `key`. */
export function expandMessageNames(map: JsonMap): JsonMap {
  const singleKey = typeof fieldOf(map, 'K') === 'string';
  return expandNames(map, singleKey ? MESSAGE_NAMES_SINGLE_KEY : MESSAGE_NAMES);
}

const MESSAGE_NAMES_SINGLE_KEY: ShortNames = /* @__PURE__ */ new Map([...MESSAGE_NAMES, ['K', 'key']]);

/** The short name for each long one. */
const SHORT_MESSAGE_NAMES: ReadonlyMap<string, string> = /* @__PURE__ */ new Map(
  /* @__PURE__ */ [...MESSAGE_NAMES_SINGLE_KEY, ...MESSAGE_NAMES].map(([short, long]) => [long, short]),
);

/** The map of a message with short names. Unknown names stay as they are. */
export function shortenMessageNames(map: JsonMap): JsonMap {
  // K is `key` where it is a text, and `keys` otherwise; two keys in one message cannot both become K.
  const isKeyShort = typeof fieldOf(map, 'key') === 'string' && fieldOf(map, 'keys') === undefined;
  const shorten = (name: string) => (name === 'key' && !isKeyShort ? name : (SHORT_MESSAGE_NAMES.get(name) ?? name));
  return Object.freeze(Object.fromEntries(Object.entries(map).map(([name, value]) => [shorten(name), value])));
}

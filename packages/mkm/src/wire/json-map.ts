/** JSON values as this stack holds them: copied from the input, frozen, and never larger than the limits. */
import { asDimError, DimError } from '../errors/dim-error.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';

/** A JSON value. Integers beyond 2^53 - 1 are `bigint`, so that none is rounded. */
export type JsonValue = string | number | bigint | boolean | null | readonly JsonValue[] | JsonMap;

/** A JSON object: what every protocol object is on the wire. */
export interface JsonMap {
  readonly [name: string]: JsonValue;
}

/** A JSON object that may still be changed. */
export type MutableJsonMap = { [name: string]: JsonValue };

/** Sets a field, once, of a map that is being made; `undefined` is no field. `__proto__` is a field like any other. */
export function setField(map: MutableJsonMap, name: string, value: JsonValue | undefined): void {
  if (value === undefined) return;
  // By assignment it would change the prototype.
  if (name === '__proto__') Object.defineProperty(map, name, { value, enumerable: true });
  else map[name] = value;
}

/** A string of only well-formed Unicode: what can be written in UTF-8 without loss. */
export function isWellFormed(text: string): boolean {
  return !/\p{Cs}/u.test(text);
}

/**
 * Copies an untrusted value into frozen JSON.
 *
 * Reads each own enumerable property once, and checks depth, number of values and length of text on the way;
 * a cycle runs into the depth limit. `__proto__` becomes an ordinary field.
 *
 * @throws DimError `INPUT_TYPE` for what JSON has not, `INPUT_LIMIT` for what is too deep or too large
 */
export function copyJson(value: unknown, limits: Limits = DEFAULT_LIMITS): JsonValue {
  return copyValue(value, limits, { values: 0 }, 0);
}

/** {@link copyJson} for input that must be an object. */
export function copyJsonMap(value: unknown, limits: Limits = DEFAULT_LIMITS): JsonMap {
  // Before it is looked into: `undefined` and a function are no JSON, and nobody asks whether they are.
  if (typeof value !== 'object')
    throw new DimError('INPUT_TYPE', `must be a map, not ${typeName(value)}${adviceFor(value)}`);
  const copy = copyJson(value, limits);
  if (!isJsonMap(copy)) throw new DimError('INPUT_TYPE', `must be a map, not ${typeName(value)}`);
  return copy;
}

/** For callers who hand over what came from the network as it is. */
function adviceFor(value: unknown): string {
  return typeof value === 'string' && value.startsWith('{') ? ': JSON.parse it first' : '';
}

/**
 * Freezes what JSON.parse has just made, and nobody else holds: as {@link copyJson} without the copy.
 *
 * @returns `ready`; `rounded` where there is a number that may have been a longer integer in the text; `refused` where
 * {@link copyJson} would throw, and says why
 */
export function freezeParsed(value: unknown, limits: Limits): 'ready' | 'rounded' | 'refused' {
  const walk = { values: 0, isRounded: false };
  if (!freezeValue(value, limits, walk, 0)) return 'refused';
  return walk.isRounded ? 'rounded' : 'ready';
}

function freezeValue(value: unknown, limits: Limits, walk: Walk & { isRounded: boolean }, depth: number): boolean {
  if (excessOf(value, limits, walk, depth) !== undefined) return false;
  // Whether it is finite, too, is for the copy to say: a long integer may have become infinite.
  if (typeof value === 'number') walk.isRounded ||= Math.abs(value) > Number.MAX_SAFE_INTEGER;
  if (typeof value !== 'object' || value === null) return true;
  // The number first: the values of a very large map take much longer to get than its names.
  const count = Array.isArray(value) ? value.length : Object.keys(value).length;
  if (excessOfCount(count, limits, walk) !== undefined) return false;
  const items: readonly unknown[] = Array.isArray(value) ? value : Object.values(value);
  for (const item of items) {
    if (!freezeValue(item, limits, walk, depth + 1)) return false;
  }
  Object.freeze(value);
  return true;
}

/** Whether a JSON value is an object (not an array, not null). */
export function isJsonMap(value: JsonValue | undefined): value is JsonMap {
  return typeof value === 'object' && value !== null && !Array.isArray(value);
}

/** Whether an object is a plain one, of this realm or another, and not an instance of a class. */
export function isPlainObject(value: object): boolean {
  const prototype: unknown = Object.getPrototypeOf(value);
  return prototype === null || Object.getPrototypeOf(prototype) === null;
}

/** Names the type of a value for an error message, without calling any code of the value. */
export function typeName(value: unknown): string {
  if (value === null) return 'null';
  if (value === undefined) return 'nothing';
  if (typeof value === 'string') return value === '' ? 'empty text' : 'text';
  if (typeof value === 'object') return Array.isArray(value) ? 'a list' : 'an object';
  return typeof value === 'number' && !Number.isFinite(value) ? String(value) : `a ${typeof value}`;
}

/** Has 40 digits; json-text.ts reads no more. */
const MAX_INTEGER = 10n ** 40n - 1n;

/** One walk: over what was parsed, or what is copied. Both keep the limits by the same functions. */
interface Walk {
  /** How many values it has come to. */
  values: number;
}

/** Comes to a value. @returns what it has too much of, leaving aside what is inside; undefined where all is well */
function excessOf(value: unknown, limits: Limits, walk: Walk, depth: number): string | undefined {
  if (++walk.values > limits.jsonValues) return tooManyValues(limits);
  if (typeof value === 'string' && value.length > limits.messageBytes)
    return `text is longer than ${limits.messageBytes} characters (limits.messageBytes)`;
  if (typeof value === 'object' && value !== null && depth >= limits.jsonDepth)
    return `is nested more than ${limits.jsonDepth} deep`;
  return undefined;
}

/** Comes to the inside of a list or map, before it is walked: a sparse array costs nothing to make and much to walk. */
function excessOfCount(count: number, limits: Limits, { values }: Walk): string | undefined {
  return count > limits.jsonValues - values ? tooManyValues(limits) : undefined;
}

function tooManyValues(limits: Limits): string {
  return `has more than ${limits.jsonValues} values`;
}

function refuseExcess(excess: string | undefined): void {
  if (excess !== undefined) throw new DimError('INPUT_LIMIT', excess);
}

function copyValue(value: unknown, limits: Limits, walk: Walk, depth: number): JsonValue {
  refuseExcess(excessOf(value, limits, walk, depth));
  switch (typeof value) {
    case 'string':
    case 'boolean':
      return value;
    case 'bigint':
      // An integer that a JSON number would round; see json-text.ts.
      if (value > MAX_INTEGER || value < -MAX_INTEGER) throw new DimError('INPUT_LIMIT', 'integer has too many digits');
      return value;
    case 'number':
      if (!Number.isFinite(value)) throw new DimError('INPUT_TYPE', `${value} is not a JSON number`);
      return value;
    case 'object':
      if (value === null) return null;
      return Array.isArray(value) ? copyList(value, limits, walk, depth) : copyMap(value, limits, walk, depth);
    case 'undefined':
    case 'function':
    case 'symbol':
    default:
      throw new DimError('INPUT_TYPE', `${typeName(value)} is not a JSON value`);
  }
}

function copyList(list: readonly unknown[], limits: Limits, walk: Walk, depth: number): readonly JsonValue[] {
  refuseExcess(excessOfCount(list.length, limits, walk));
  const copy: JsonValue[] = [];
  let index = 0;
  try {
    for (; index < list.length; index++) copy.push(copyValue(list[index], limits, walk, depth + 1));
  } catch (error) {
    throw asDimError(error).within(`[${index}]`);
  }
  return Object.freeze(copy);
}

function copyMap(map: object, limits: Limits, walk: Walk, depth: number): JsonMap {
  if (!isPlainObject(map)) return copyInstance(map, limits, walk, depth);
  const names = Object.keys(map);
  refuseExcess(excessOfCount(names.length, limits, walk));
  const copy: MutableJsonMap = {};
  let current = '';
  try {
    for (const name of names) {
      current = name;
      const value: unknown = (map as Record<string, unknown>)[name];
      // A field that the caller left undefined is an absent one, as in JSON.stringify.
      if (value !== undefined) setField(copy, name, copyValue(value, limits, walk, depth + 1));
    }
  } catch (error) {
    throw asDimError(error).within(current);
  }
  return Object.freeze(copy);
}

/** Protocol objects and keys stand for their wire map; any other class instance is refused. */
function copyInstance(instance: object, limits: Limits, walk: Walk, depth: number): JsonMap {
  const map: unknown = hasToJson(instance) ? instance.toJSON() : undefined;
  if (typeof map !== 'object' || map === null || Array.isArray(map) || map === instance) {
    throw new DimError('INPUT_TYPE', 'must be a plain JSON object');
  }
  return copyMap(map, limits, walk, depth + 1);
}

function hasToJson(instance: object): instance is { toJSON(): unknown } {
  return 'toJSON' in instance && typeof instance.toJSON === 'function';
}

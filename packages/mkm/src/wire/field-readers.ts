/** Typed reading of a map's fields, with the path of whatever is wrong. */
import { DimError, within } from '../errors/dim-error.ts';
import { stringifyJson } from './json-text.ts';
import { typeName, isJsonMap, type JsonMap, type JsonValue } from './json-map.ts';
import { decodeBinary } from './binary-text.ts';
import { readBoolean } from './wire-boolean.ts';
import { readTime } from './wire-time.ts';

/** The value of an own field; undefined when absent. An inherited one counts as absent. */
export function fieldOf(fields: JsonMap, name: string): JsonValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/** The value of a field that need not be there: undefined when it is absent, or null, as some clients write what they have not. */
export function optionalFieldOf(fields: JsonMap, name: string): Exclude<JsonValue, null> | undefined {
  return fieldOf(fields, name) ?? undefined;
}

/**
 * The value of a field that had several names over the years: whichever is there and not null.
 * @throws DimError `INPUT_CONFLICT` when two are there and differ
 */
export function fieldOfAny(fields: JsonMap, names: readonly string[]): Exclude<JsonValue, null> | undefined {
  let found: string | undefined;
  let value: Exclude<JsonValue, null> | undefined;
  for (const name of names) {
    const candidate = optionalFieldOf(fields, name);
    if (candidate === undefined) continue;
    if (found !== undefined && !sameValue(value, candidate)) {
      throw new DimError('INPUT_CONFLICT', `differs from ${found}`, { path: name });
    }
    found ??= name;
    value ??= candidate;
  }
  return value;
}

function sameValue(one: JsonValue | undefined, other: JsonValue): boolean {
  if (one === other) return true;
  // A code or time may stand as a number in one field and as text in its twin.
  const plain = (value: JsonValue | undefined) => typeof value === 'string' || typeof value === 'number';
  if (plain(one) && plain(other)) return String(one) === String(other);
  return typeof one === 'object' && typeof other === 'object' && stringifyJson(one) === stringifyJson(other);
}

/**
 * A field as a function reads it, with the field's name in the path of its errors; undefined when the field is absent
 * or null.
 *
 * @example
 * ```ts
 * import { type ID, type JsonMap } from 'mkm';
 * import { optionalOf } from 'mkm/extend';
 *
 * function ownerOf(fields: JsonMap, readId: (input: unknown) => ID): ID | undefined {
 *   return optionalOf(fields, 'owner', readId);
 * }
 * ```
 */
export function optionalOf<T>(fields: JsonMap, name: string, read: (value: JsonValue) => T): T | undefined {
  const value = optionalFieldOf(fields, name);
  return value === undefined ? undefined : within(name, () => read(value));
}

/** {@link optionalOf} for a field that must be there; null is given to the function, which hardly takes it. */
export function requiredOf<T>(fields: JsonMap, name: string, read: (value: JsonValue) => T): T {
  const value = required(name, fieldOf(fields, name));
  return within(name, () => read(value));
}

/** A required text. */
export function textOf(fields: JsonMap, name: string): string {
  return asText(name, required(name, fieldOf(fields, name)));
}

/** A text, or undefined when the field is absent or null. */
export function optionalTextOf(fields: JsonMap, name: string): string | undefined {
  const value = optionalFieldOf(fields, name);
  return value === undefined ? undefined : asText(name, value);
}

function asText(name: string, value: JsonValue): string {
  if (typeof value === 'string') return value;
  throw new DimError('INPUT_TYPE', `must be text, not ${typeName(value)}`, { path: name });
}

/** A required map. */
export function mapOf(fields: JsonMap, name: string): JsonMap {
  return asMap(name, required(name, fieldOf(fields, name)));
}

/** A map, or undefined when the field is absent or null. */
export function optionalMapOf(fields: JsonMap, name: string): JsonMap | undefined {
  const value = optionalFieldOf(fields, name);
  return value === undefined ? undefined : asMap(name, value);
}

function asMap(name: string, value: JsonValue): JsonMap {
  if (isJsonMap(value)) return value;
  throw new DimError('INPUT_TYPE', `must be a map, not ${typeName(value)}`, { path: name });
}

/** A list, or undefined when the field is absent or null. */
export function optionalListOf(fields: JsonMap, name: string): readonly JsonValue[] | undefined {
  const value = optionalFieldOf(fields, name);
  if (value === undefined || Array.isArray(value)) return value;
  throw new DimError('INPUT_TYPE', `must be a list, not ${typeName(value)}`, { path: name });
}

/** A time in seconds, or undefined when the field is absent or null. See {@link readTime}. */
export function optionalTimeOf(fields: JsonMap, name: string): number | undefined {
  return optionalOf(fields, name, readTime);
}

/** A yes or no, or undefined when the field is absent or null. See {@link readBoolean}. */
export function optionalBooleanOf(fields: JsonMap, name: string): boolean | undefined {
  return optionalOf(fields, name, readBoolean);
}

/** A required binary text as bytes: see {@link decodeBinary}; at most `maxLength` characters and not empty. */
export function bytesOf(fields: JsonMap, name: string, maxLength: number): Uint8Array {
  return asBytes(name, textOf(fields, name), maxLength);
}

/** {@link bytesOf}, or undefined when the field is absent or null; an empty one is an error. */
export function optionalBytesOf(fields: JsonMap, name: string, maxLength: number): Uint8Array | undefined {
  const text = optionalTextOf(fields, name);
  return text === undefined ? undefined : asBytes(name, text, maxLength);
}

function asBytes(name: string, text: string, maxLength: number): Uint8Array {
  if (text.length > maxLength)
    throw new DimError('INPUT_LIMIT', `is longer than ${maxLength} characters`, { path: name });
  const bytes = within(name, () => decodeBinary(text));
  if (bytes.length === 0) throw new DimError('INPUT_FORMAT', 'must not be empty', { path: name });
  return bytes;
}

function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: name });
  return value;
}

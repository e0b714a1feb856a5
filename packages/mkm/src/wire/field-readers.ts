/** Typed reading of a map's fields, with the path of whatever is wrong. */
import { DimError, within } from '../errors/dim-error.ts';
import { stringifyJson } from './json-text.ts';
import { describe, isJsonMap, type JsonMap, type JsonValue } from './json-map.ts';
import { decodeBase64 } from './base64.ts';
import { readBoolean } from './wire-boolean.ts';
import { readTime } from './wire-time.ts';

/** The value of an own field; undefined when absent. An inherited one counts as absent. */
export function fieldOf(fields: JsonMap, name: string): JsonValue | undefined {
  return Object.hasOwn(fields, name) ? fields[name] : undefined;
}

/**
 * The value of a field that had several names over the years: whichever is there.
 * @throws DimError `INPUT_CONFLICT` when two are there and differ
 */
export function fieldOfAny(fields: JsonMap, names: readonly string[]): JsonValue | undefined {
  let found: string | undefined;
  let value: JsonValue | undefined;
  for (const name of names) {
    const candidate = fieldOf(fields, name);
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
 * A field as a function reads it, with the field's name in the path of its errors; undefined when the field is absent.
 *
 * @example
 * ```ts
 * import { readOptional, type ID, type JsonMap } from 'mkm';
 *
 * function ownerOf(fields: JsonMap, readId: (input: unknown) => ID): ID | undefined {
 *   return readOptional(fields, 'owner', readId);
 * }
 * ```
 */
export function readOptional<T>(fields: JsonMap, name: string, read: (value: JsonValue) => T): T | undefined {
  const value = fieldOf(fields, name);
  return value === undefined ? undefined : within(name, () => read(value));
}

/** {@link readOptional} for a field that must be there. */
export function readRequired<T>(fields: JsonMap, name: string, read: (value: JsonValue) => T): T {
  const value = required(name, fieldOf(fields, name));
  return within(name, () => read(value));
}

/** A required text. */
export function textOf(fields: JsonMap, name: string): string {
  return required(name, optionalTextOf(fields, name));
}

/** A text, or undefined when the field is absent. Null is not absent. */
export function optionalTextOf(fields: JsonMap, name: string): string | undefined {
  const value = fieldOf(fields, name);
  if (value === undefined || typeof value === 'string') return value;
  throw new DimError('INPUT_TYPE', `must be text, not ${describe(value)}`, { path: name });
}

/** A map, or undefined when the field is absent. */
export function optionalMapOf(fields: JsonMap, name: string): JsonMap | undefined {
  const value = fieldOf(fields, name);
  if (value === undefined || isJsonMap(value)) return value;
  throw new DimError('INPUT_TYPE', `must be a map, not ${describe(value)}`, { path: name });
}

/** A required map. */
export function mapOf(fields: JsonMap, name: string): JsonMap {
  return required(name, optionalMapOf(fields, name));
}

/** A list, or undefined when the field is absent. */
export function optionalListOf(fields: JsonMap, name: string): readonly JsonValue[] | undefined {
  const value = fieldOf(fields, name);
  if (value === undefined || Array.isArray(value)) return value;
  throw new DimError('INPUT_TYPE', `must be a list, not ${describe(value)}`, { path: name });
}

/** A time in seconds, or undefined when the field is absent. See {@link readTime}. */
export function optionalTimeOf(fields: JsonMap, name: string): number | undefined {
  return readOptional(fields, name, readTime);
}

/** A yes or no, or undefined when the field is absent or null. See {@link readBoolean}. */
export function optionalBooleanOf(fields: JsonMap, name: string): boolean | undefined {
  return fieldOf(fields, name) === null ? undefined : readOptional(fields, name, readBoolean);
}

/** A required base64 text as bytes; at most `maxLength` characters and not empty. */
export function bytesOf(fields: JsonMap, name: string, maxLength: number): Uint8Array {
  return required(name, optionalBytesOf(fields, name, maxLength));
}

/** A base64 text as bytes, or undefined when the field is absent; an empty one is an error. */
export function optionalBytesOf(fields: JsonMap, name: string, maxLength: number): Uint8Array | undefined {
  const text = optionalTextOf(fields, name);
  if (text === undefined) return undefined;
  if (text === '') throw new DimError('INPUT_FORMAT', 'must not be empty', { path: name });
  if (text.length > maxLength)
    throw new DimError('INPUT_LIMIT', `is longer than ${maxLength} characters`, { path: name });
  return within(name, () => decodeBase64(text));
}

function required<T>(name: string, value: T | undefined): T {
  if (value === undefined) throw new DimError('INPUT_MISSING', 'is required', { path: name });
  return value;
}

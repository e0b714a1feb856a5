/** Values of requests and answers: read them, and compare what two implementations say. */
import { type JsonMap, type JsonValue } from 'dimp';
import { fieldOf, isJsonMap, parseJsonMap } from 'dimp/extend';

/** A text among the values. */
export function text(values: JsonMap, name: string): string {
  const value = fieldOf(values, name);
  if (typeof value !== 'string') throw new TypeError(`${name} must be text`);
  return value;
}

/** A text among the values, where there is one. */
export function optionalText(values: JsonMap, name: string): string | undefined {
  return fieldOf(values, name) === undefined ? undefined : text(values, name);
}

/** A list of texts among the values; empty where there is none. */
export function texts(values: JsonMap, name: string): readonly string[] {
  return list(values, name).map((item) => {
    if (typeof item !== 'string') throw new TypeError(`${name} must be a list of texts`);
    return item;
  });
}

/** A list of maps among the values; empty where there is none. */
export function maps(values: JsonMap, name: string): readonly JsonMap[] {
  return list(values, name).map((item) => {
    if (!isJsonMap(item)) throw new TypeError(`${name} must be a list of maps`);
    return item;
  });
}

/** A number among the values. */
export function number(values: JsonMap, name: string): number {
  const value = fieldOf(values, name);
  if (typeof value !== 'number') throw new TypeError(`${name} must be a number`);
  return value;
}

function list(values: JsonMap, name: string): readonly JsonValue[] {
  const value = fieldOf(values, name) ?? [];
  if (!Array.isArray(value)) throw new TypeError(`${name} must be a list`);
  return value as readonly JsonValue[];
}

/**
 * Where two values differ, or undefined. The order of names in a map does not count, nor how a number is written; a text
 * that is a JSON map is compared as that map.
 */
export function difference(one: JsonValue | undefined, other: JsonValue | undefined, path = ''): string | undefined {
  if (one === undefined || other === undefined) {
    return one === other ? undefined : `${path}: ${show(one)} and ${show(other)}`;
  }
  if (typeof one === 'string' && typeof other === 'string' && one !== other) {
    const [left, right] = [mapIn(one), mapIn(other)];
    if (left !== undefined && right !== undefined) return difference(left, right, path);
  }
  if (Array.isArray(one) && Array.isArray(other)) {
    const [left, right] = [one as readonly JsonValue[], other as readonly JsonValue[]];
    if (left.length !== right.length) return `${path}: ${left.length} and ${right.length} items`;
    return firstOf(left.map((item, index) => difference(item, right[index], `${path}[${index}]`)));
  }
  if (isJsonMap(one) && isJsonMap(other)) {
    const names = new Set([...Object.keys(one), ...Object.keys(other)]);
    return firstOf([...names].map((name) => difference(fieldOf(one, name), fieldOf(other, name), `${path}.${name}`)));
  }
  const isSame = isNumeric(one) && isNumeric(other) ? sameNumber(one, other) : one === other;
  return isSame ? undefined : `${path}: ${show(one)} and ${show(other)}`;
}

/** Digits and other simple values as text; `''` for what has no simple text. */
export function asText(value: JsonValue | undefined): string {
  return value === undefined || value === null || typeof value === 'object' ? '' : String(value);
}

/** The map that a text is, if it is the text of one. */
export function mapIn(value: string): JsonMap | undefined {
  if (!value.startsWith('{')) return undefined;
  try {
    return parseJsonMap(value);
  } catch {
    return undefined;
  }
}

function isNumeric(value: JsonValue): value is number | bigint {
  return typeof value === 'number' || typeof value === 'bigint';
}

function sameNumber(one: number | bigint, other: number | bigint): boolean {
  // eslint-disable-next-line eqeqeq -- an integer is the same as a number and as a bigint
  return one == other;
}

function firstOf(found: readonly (string | undefined)[]): string | undefined {
  return found.find((item) => item !== undefined);
}

function show(value: JsonValue | undefined): string {
  if (value === undefined) return 'nothing';
  const shown = typeof value === 'bigint' ? `${value}` : JSON.stringify(value, replaceBigInt);
  return shown.length > 80 ? `${shown.slice(0, 80)}…` : shown;
}

function replaceBigInt(_: string, value: unknown): unknown {
  return typeof value === 'bigint' ? `${value}` : value;
}

/**
 * The fields of a new object, from what a caller gave: IDs, documents, files and JSON.
 *
 * They are held to the rules for fields that come in, and to those of writing, so that what is written can be read:
 * no text that UTF-8 cannot write, no number that JSON has not, nothing past the limits. The map that comes out is the
 * one that a reader will have.
 */
import { asDimError, DimError } from '../errors/dim-error.ts';
import { DEFAULT_LIMITS } from '../wire/limits.ts';
import { notAnId, ownId, type ID } from '../identity/identifier.ts';
import { isMap } from '../wire/other-realms.ts';
import { copyJson, isPlainObject, isWellFormed, setField } from '../wire/json-map.ts';
import type { JsonMap, JsonValue, MutableJsonMap } from '../wire/json-map.ts';
import { isPrivateKey } from './secret-keys.ts';

/** What may be given for a field: JSON, or what has a form in JSON, such as an ID, a document, a file; in lists, too. */
export type NewValue =
  | JsonValue
  | { toJSON(): JsonValue }
  | NewFields
  | readonly NewValue[]
  | ReadonlyMap<ID | string, NewValue>;

/** What is given for the fields of a new object; `undefined` is no field. */
export interface NewFields {
  readonly [name: string]: NewValue | undefined;
}

const { jsonDepth, jsonValues, messageBytes, idLength } = DEFAULT_LIMITS;

/** New fields, with the objects that they were made of. */
export class WrittenFields {
  readonly fields: JsonMap;
  /** By what stands for them in the fields. Few fields have any. */
  #given: Map<JsonValue, object> | undefined;
  #values = 0;
  readonly #isSecret: (value: object) => boolean;

  /**
   * @param isSecret whether a value is not for those who will read the fields
   * @throws DimError `INPUT_…` with the path of what cannot be written: use it within `checkArguments`
   */
  constructor(fields: NewFields, isSecret: (value: object) => boolean = isPrivateKey) {
    this.#isSecret = isSecret;
    this.fields = this.#writeMap(fields, 0);
  }

  /** The ID that a text in the fields stands for: nobody has to read what was read before. */
  readonly readId = (text: unknown): ID => {
    const id = ownId(this.find(text));
    if (id === undefined) throw notAnId(text);
    if (String(text).length > idLength) throw new DimError('INPUT_LIMIT', `is longer than ${idLength} characters`);
    return id;
  };

  /** The object that a value in the fields stands for, if it was an object that was given. */
  find(value: unknown): object | undefined {
    return this.#given?.get(value as JsonValue);
  }

  #write(value: unknown, depth: number): JsonValue {
    if (typeof value !== 'object' || value === null) return this.#writeScalar(value);
    if (!hasWireForm(value)) return this.#writeContainer(value, depth);
    if (this.#isSecret(value))
      throw new DimError('INPUT_KEY', 'is a secret key, which others would have: take its publicKey or encryptKey');
    const json = value.toJSON();
    if (typeof json === 'object' && json !== null && hasWireForm(json))
      throw new DimError('INPUT_TYPE', 'must be a plain JSON object');
    const written = this.#write(json, depth);
    this.#remember(written, value);
    return written;
  }

  #writeScalar(value: unknown): JsonValue {
    this.#count(1);
    if (typeof value === 'string') return checkText(value);
    const scalar = copyJson(value);
    return typeof scalar === 'number' || typeof scalar === 'bigint' ? asRead(scalar) : scalar;
  }

  #writeContainer(value: object, depth: number): JsonValue {
    if (depth >= jsonDepth) throw new DimError('INPUT_LIMIT', `is nested more than ${jsonDepth} deep`);
    if (Array.isArray(value)) return this.#writeList(value, depth);
    if (isMap(value)) return this.#writeMap(this.#named(value), depth);
    if (!isPlainObject(value)) throw new DimError('INPUT_TYPE', 'must be a plain JSON object');
    return this.#writeMap(value, depth);
  }

  #writeMap(map: object, depth: number): JsonMap {
    const names = Object.keys(map);
    this.#count(1 + names.length, names.length);
    const written: MutableJsonMap = {};
    let current = '';
    try {
      for (const name of names) {
        current = name;
        const value: unknown = (map as Record<string, unknown>)[name];
        if (value !== undefined) setField(written, checkText(name), this.#write(value, depth + 1));
      }
    } catch (error) {
      throw asDimError(error).within(current);
    }
    return Object.freeze(written);
  }

  #writeList(list: readonly unknown[], depth: number): readonly JsonValue[] {
    // The length first: a sparse array costs nothing to make and much to walk.
    this.#count(1 + list.length, list.length);
    const written: JsonValue[] = [];
    try {
      for (let index = 0; index < list.length; index++) written.push(this.#write(list[index], depth + 1));
    } catch (error) {
      throw asDimError(error).within(`[${written.length}]`);
    }
    return Object.freeze(written);
  }

  /** A `Map` as an object; an ID may be a name in it. */
  #named(map: ReadonlyMap<unknown, unknown>): object {
    for (const key of map.keys()) {
      const id = ownId(key);
      if (id !== undefined) this.#remember(id.toString(), id);
    }
    return Object.fromEntries([...map].map(([key, value]) => [String(key), value]));
  }

  #remember(written: JsonValue, given: object): void {
    this.#given ??= new Map();
    this.#given.set(written, given);
  }

  /** Counts values; those `ahead` are only looked at, and counted when it is their turn. */
  #count(values: number, ahead = 0): void {
    if (this.#values + values > jsonValues) throw new DimError('INPUT_LIMIT', `has more than ${jsonValues} values`);
    this.#values += values - ahead;
  }
}

function checkText(text: string): string {
  if (text.length > messageBytes) throw new DimError('INPUT_LIMIT', `is longer than ${messageBytes} characters`);
  if (!isWellFormed(text)) throw new DimError('INPUT_FORMAT', 'has a lone surrogate, which UTF-8 cannot write');
  return text;
}

/** A number as a reader will have it: a bigint exactly where a number would round it, and no minus zero. */
function asRead(number: number | bigint): number | bigint {
  if (typeof number === 'bigint') return Number.isSafeInteger(Number(number)) ? Number(number) : number;
  // Beyond 10^21 JSON writes an exponent, which no reader takes for an integer.
  const isLongInteger = Number.isInteger(number) && !Number.isSafeInteger(number) && Math.abs(number) < 1e21;
  return isLongInteger ? BigInt(number) : number + 0;
}

/** An ID or a file stands for a text, which copying an object would not allow. */
function hasWireForm(value: object): value is { toJSON(): unknown } {
  return 'toJSON' in value && typeof value.toJSON === 'function';
}

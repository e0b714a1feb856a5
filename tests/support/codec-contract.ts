/** What every codec promises for every input: one answer in three shapes, and an input that stays as it is. */
import { expect } from '@jest/globals';
import * as fc from 'fast-check';
import { isDimError, type Codec, type DimError } from 'mkm';
import { errorIn } from './error-of.ts';

/** What a codec makes of an input. */
export type Outcome<T> = { readonly value: T } | { readonly error: DimError };

/** Asks a codec in its three ways, and makes sure that they agree and leave the input alone. */
export function outcomeOf<T>(codec: Codec<T>, input: unknown): Outcome<T> {
  const before = fc.stringify(input);
  const result = codec.safeParse(freeze(input));
  const tried = codec.tryParse(input);
  expect(fc.stringify(input)).toBe(before);
  if (!result.ok) {
    expect(tried).toBeUndefined();
    const error = errorIn(() => codec.parse(input));
    expect(isDimError(result.error)).toBe(true);
    expect([error.code, error.path]).toEqual([result.error.code, result.error.path]);
    expect(error.code).toMatch(/^(INPUT|UNSUPPORTED)_/);
    return { error };
  }
  expect(tried).toBeDefined();
  expect(show(wireOf(codec.parse(input)))).toBe(show(wireOf(result.value)));
  return { value: result.value };
}

/** Makes sure that a codec keeps its promises for all of some inputs. */
export function assertContract<T>(codec: Codec<T>, inputs: fc.Arbitrary<unknown>, numRuns = 50): void {
  fc.assert(
    fc.property(inputs, (input) => {
      outcomeOf(codec, input);
    }),
    { numRuns },
  );
}

/**
 * A value as text, to compare by: it tells a bigint from a number, keeps the order of fields, and is not misled by
 * fields with the names of JavaScript's own.
 */
export function show(value: unknown): string {
  return fc.stringify(value);
}

/** Frozen as deep as it can be: whoever writes to it throws. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) freeze(item);
  return value;
}

/** What a protocol object is on the wire; a plain map may have any field, `toJSON` among them. */
function wireOf(value: unknown): unknown {
  if (typeof value !== 'object' || value === null || Object.getPrototypeOf(value) === Object.prototype) return value;
  return 'toJSON' in value ? (value as { toJSON(): unknown }).toJSON() : value;
}

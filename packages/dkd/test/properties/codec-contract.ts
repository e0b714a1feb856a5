/** What every codec promises for every input: one answer in three shapes, and an input that stays as it is. */
import { expect } from '@jest/globals';
import * as fc from 'fast-check';
import { DimError, type Codec } from '../../src/index.ts';

/** Makes sure that a codec keeps its promises for all of some inputs. */
export function assertContract<T>(codec: Codec<T>, inputs: fc.Arbitrary<unknown>, numRuns = 50): void {
  fc.assert(
    fc.property(inputs, (input) => {
      checkInput(codec, input);
    }),
    { numRuns },
  );
}

function checkInput<T>(codec: Codec<T>, input: unknown): void {
  const before = fc.stringify(input);
  const result = codec.safeParse(freeze(input));
  const tried = codec.tryParse(input);
  expect(fc.stringify(input)).toBe(before);
  expect(tried === undefined).toBe(!result.ok);
  if (result.ok) {
    expect(fc.stringify(codec.parse(input))).toBe(fc.stringify(result.value));
    return;
  }
  expect(result.error).toBeInstanceOf(DimError);
  expect(result.error.code).toMatch(/^(INPUT|UNSUPPORTED)_/);
  expect(() => codec.parse(input)).toThrow(result.error.message);
}

/** Frozen as deep as it can be: whoever writes to it throws. */
export function freeze<T>(value: T): T {
  if (typeof value !== 'object' || value === null || ArrayBuffer.isView(value) || Object.isFrozen(value)) return value;
  Object.freeze(value);
  for (const item of Object.values(value)) freeze(item);
  return value;
}

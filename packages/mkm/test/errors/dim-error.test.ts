/** @jest-environment node */
import { inspect } from 'node:util';
import { expect, jest, test } from '@jest/globals';
import { isDimError, DimError } from '../../src/index.ts';
import { createCodec, within } from '../../src/extend.ts';
import { asDimError, callPlugin } from '../../src/internal.ts';
import { errorOf } from '../demo-plugin.ts';

test('the path grows from the inside out, with lists in brackets', () => {
  const error = errorOf(() =>
    within('contents', () =>
      within('[2]', () => {
        throw new DimError('INPUT_TYPE', 'must be text', { path: 'sender' });
      }),
    ),
  );
  expect(error.path).toBe('contents[2].sender');
  expect(error.message).toBe('INPUT_TYPE at contents[2].sender: must be text');
});

test('a path that a peer chose is short and on one line', () => {
  const error = new DimError('INPUT_TYPE', 'x', { path: `a\n\u202e${'b'.repeat(500)}` });
  expect(error.message.length).toBeLessThan(300);
  expect(error.message).toMatch(/^[\x20-\x7e]+$/);
});

test('a codec throws, gives undefined, or a result', () => {
  const codec = createCodec((input) => {
    if (typeof input !== 'string') throw new DimError('INPUT_TYPE', 'must be text');
    return input.toUpperCase();
  });
  expect(codec.parse('a')).toBe('A');
  expect(codec.tryParse('a')).toBe('A');
  expect(codec.safeParse('a')).toEqual({ ok: true, value: 'A' });
  expect(errorOf(() => codec.parse(1)).code).toBe('INPUT_TYPE');
  expect(codec.tryParse(1)).toBeUndefined();
  expect(codec.safeParse(1)).toMatchObject({ ok: false, error: { code: 'INPUT_TYPE' } });
});

test('foreign errors become DimErrors with their cause', () => {
  const cause = new RangeError('x');
  expect(asDimError(cause)).toMatchObject({ code: 'INPUT_TYPE', cause });
});

test('a full stack is a limit, and no mistake of type', () => {
  const overflow = (): number => 1 + overflow();
  expect(errorOf(() => within('data', overflow))).toMatchObject({
    code: 'INPUT_LIMIT',
    path: 'data',
    cause: undefined,
  });
});

test('a DimError of another copy of this library is one', async () => {
  await jest.isolateModulesAsync(async () => {
    const copy = (await import('../../src/errors/dim-error.ts')) as { readonly DimError: typeof DimError };
    expect(copy.DimError).not.toBe(DimError);
    const error = new copy.DimError('INPUT_KEY', 'is weak', { path: 'key' });
    expect(isDimError(error)).toBe(true);
    expect(asDimError(error)).toBe(error);
    expect(errorOf(() => callPlugin('key ECC', () => fail(error)))).toBe(error);
    expect(errorOf(() => within('meta', () => fail(error)))).toMatchObject({ code: 'INPUT_KEY', path: 'meta.key' });
  });
});

test('nothing else is a DimError', () => {
  class OwnError extends DimError {}
  expect(isDimError(new OwnError('INPUT_KEY', 'x'))).toBe(true);
  for (const other of [new Error('x'), { name: 'DimError', code: 'INPUT_KEY' }, null, undefined, 'DimError'])
    expect(isDimError(other)).toBe(false);
  expect(inspect(new DimError('INPUT_KEY', 'x'))).not.toContain('Symbol');
});

function fail(error: Error): never {
  throw error;
}

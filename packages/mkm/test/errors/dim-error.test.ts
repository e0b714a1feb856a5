import { expect, test } from '@jest/globals';
import { asDimError, createCodec, DimError, within } from '../../src/index.ts';
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

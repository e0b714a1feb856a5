import { describe, expect, test } from '@jest/globals';
import { fieldOfAny } from '../../src/index.ts';
import { errorOf } from '../demo-plugin.ts';

describe('a field of several names', () => {
  const huge = 18446744073709551615n;

  test('is whichever is there, and twins must agree', () => {
    expect(fieldOfAny({ ID: 'a' }, ['did', 'ID'])).toBe('a');
    expect(fieldOfAny({ did: { a: [1] }, ID: { a: [1] } }, ['did', 'ID'])).toEqual({ a: [1] });
    expect(errorOf(() => fieldOfAny({ did: 'a', ID: 'b' }, ['did', 'ID'])).code).toBe('INPUT_CONFLICT');
  });

  test('may hold integers beyond 2^53, also inside', () => {
    expect(fieldOfAny({ did: huge, ID: huge }, ['did', 'ID'])).toBe(huge);
    expect(fieldOfAny({ did: { a: huge }, ID: { a: huge } }, ['did', 'ID'])).toEqual({ a: huge });
    expect(errorOf(() => fieldOfAny({ did: { a: huge }, ID: { a: 1 } }, ['did', 'ID'])).code).toBe('INPUT_CONFLICT');
    expect(errorOf(() => fieldOfAny({ did: [huge], ID: [huge - 1n] }, ['did', 'ID'])).code).toBe('INPUT_CONFLICT');
  });
});

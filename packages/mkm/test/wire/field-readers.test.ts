import { describe, expect, test } from '@jest/globals';
import {
  encodeUtf8,
  mapOf,
  optionalListOf,
  optionalMapOf,
  optionalOf,
  optionalTextOf,
  optionalTimeOf,
  readTime,
  requiredOf,
  textOf,
} from '../../src/extend.ts';
import { toBase64 } from '../../src/internal.ts';
import { bytesOf, fieldOfAny, optionalBytesOf, optionalFieldOf } from '../../src/extend.ts';
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

describe('null', () => {
  const fields = { a: null };

  test.each([
    ['optionalFieldOf', () => optionalFieldOf(fields, 'a')],
    ['optionalTextOf', () => optionalTextOf(fields, 'a')],
    ['optionalMapOf', () => optionalMapOf(fields, 'a')],
    ['optionalListOf', () => optionalListOf(fields, 'a')],
    ['optionalTimeOf', () => optionalTimeOf(fields, 'a')],
    ['optionalBytesOf', () => optionalBytesOf(fields, 'a', 9)],
    ['optionalOf', () => optionalOf(fields, 'a', () => 1)],
    ['fieldOfAny', () => fieldOfAny(fields, ['a', 'b'])],
  ])('is as good as absent for %s', (_name, read) => {
    expect(read()).toBeUndefined();
  });

  test('beside a value is no conflict', () => {
    expect(fieldOfAny({ did: null, ID: 'a' }, ['did', 'ID'])).toBe('a');
    expect(fieldOfAny({ did: 'a', ID: null }, ['did', 'ID'])).toBe('a');
  });

  test.each([
    ['textOf', () => textOf(fields, 'a'), 'must be text, not null'],
    ['mapOf', () => mapOf(fields, 'a'), 'must be a map, not null'],
    ['bytesOf', () => bytesOf(fields, 'a', 9), 'must be text, not null'],
    ['requiredOf', () => requiredOf(fields, 'a', readTime), 'must be seconds, not null'],
  ])('is no value for %s', (_name, read, reason) => {
    expect(errorOf(read)).toMatchObject({ code: 'INPUT_TYPE', path: 'a', reason });
  });
});

describe('binary', () => {
  test.each([
    'SGVsbG8=',
    'SGVs\r\nbG8=\r\n',
    'base64,SGVsbG8=',
    'base64,SGVs\nbG8=',
    'data:text/plain;base64,SGVs\nbG8=\n',
    'data:,Hello',
  ])('may be written as %j', (text) => {
    expect(bytesOf({ a: text }, 'a', 99)).toEqual(encodeUtf8('Hello'));
    expect(optionalBytesOf({ a: text }, 'a', 99)).toEqual(encodeUtf8('Hello'));
    expect(toBase64(text)).toBe('SGVsbG8=');
  });

  test.each([
    ['', 'INPUT_FORMAT', 'must not be empty'],
    ['SGVsbG8', 'INPUT_FORMAT', 'must be base64'],
    ['SGVs bG8=', 'INPUT_FORMAT', 'must be base64'],
    ['base64,', 'INPUT_FORMAT', 'must not be empty'],
    ['\n', 'INPUT_FORMAT', 'must not be empty'],
    ['AAAA'.repeat(25), 'INPUT_LIMIT', 'is longer than 99 characters'],
  ])('is not %j', (text, code, reason) => {
    expect(errorOf(() => bytesOf({ a: text }, 'a', 99))).toMatchObject({ code, path: 'a', reason });
  });
});

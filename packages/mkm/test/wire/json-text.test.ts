import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { parseJson, stringifyJson, type JsonValue } from '../../src/index.ts';
import { parseJsonMap } from '../../src/extend.ts';
import { writeJson } from '../../src/internal.ts';
import { errorOf } from '../demo-plugin.ts';

describe('JSON text', () => {
  test('integers beyond 2^53 survive, in texts they stay text', () => {
    const text =
      '{"sn":18446744073709551615,"low":-9007199254740993,"text":"18446744073709551615 \\" 9007199254740993","f":1234567890.1234567,"n":9007199254740991}';
    const map = parseJsonMap(text);
    expect(map['sn']).toBe(18446744073709551615n);
    expect(map['low']).toBe(-9007199254740993n);
    expect(map['text']).toBe('18446744073709551615 " 9007199254740993');
    expect(map['n']).toBe(9007199254740991);
    expect(stringifyJson(map)).toBe(text);
  });

  test('any JSON value survives a round trip', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 5 }), fc.bigInt({ min: 2n ** 53n, max: 2n ** 64n - 1n }), (value, big) => {
        const text = stringifyJson({ value: value as JsonValue, big });
        const read = parseJsonMap(text);
        expect(read['big']).toBe(big);
        expect(stringifyJson(read)).toBe(text);
      }),
    );
  });

  test.each([
    '',
    '   ',
    '{"a":1,}',
    "{'a':1}",
    '{"a":01}',
    '{"a":Infinity}',
    '{"a":1} x',
    '\uFEFF{}',
    '[1234567890123456789',
    '010001000000000000000',
    '-01234567890123456789',
    '{1234567890123456789:1}',
    '{"a":1,1234567890123456789:1}',
    '"a"1234567890123456789',
  ])('refuses %j', (text) => {
    expect(errorOf(() => parseJson(text)).code).toBe('INPUT_FORMAT');
  });

  test.each([
    ['digits', `{"a":${'9'.repeat(6_000_000)}}`, 'INPUT_LIMIT'],
    ['digits beside text of two bytes', `{"文":${'9'.repeat(6_000_000)}}`, 'INPUT_LIMIT'],
    ['32 MiB of digits', `{"a":${'9'.repeat(32 * 1024 * 1024 - 6)}}`, 'INPUT_LIMIT'],
  ])('numbers as long as a message have an end: %s', (_what, text, code) => {
    expect(errorOf(() => parseJson(text)).code).toBe(code);
  });

  test('a long fraction is a number, also beside an integer that is not rounded', () => {
    const long = `0.${'1'.repeat(6_000_000)}`;
    expect(parseJson(`{"f":${long},"n":18446744073709551615,"g":-1.${'0'.repeat(100)}e+20}`)).toEqual({
      f: 0.1111111111111111,
      n: 18446744073709551615n,
      g: -1e20,
    });
  });

  test('an overflowing number and deep nesting are DimErrors', () => {
    expect(errorOf(() => parseJson('{"a":1e999}')).path).toBe('a');
    expect(errorOf(() => parseJson(`{"a":${'9'.repeat(50)}}`)).code).toBe('INPUT_LIMIT');
    expect(errorOf(() => parseJson('['.repeat(100_000) + ']'.repeat(100_000))).code).toBe('INPUT_LIMIT');
    expect(errorOf(() => parseJson('[1234567890123456789,'.repeat(50_000) + '1' + ']'.repeat(50_000))).code).toMatch(
      /^INPUT_/,
    );
  });

  test('errors do not quote the input', () => {
    const error = errorOf(() => parseJson('{"secret": tru'));
    expect(error.message).not.toContain('secret');
    expect(error.cause).toBeUndefined();
  });

  test('a backslash before letters that look like an escape is text like any other', () => {
    const map = { text: '\\ud800', '\\\\ud8ff': '\\' };
    expect(parseJson(stringifyJson(map))).toEqual(map);
  });

  test('what nobody else reads may hold a lone surrogate, and comes back', () => {
    const map = parseJsonMap('{"text":"\\ud800\\\\\\udc00","n":18446744073709551615,"\\udfff":1}');
    expect(parseJsonMap(writeJson(map))).toEqual(map);
    expect(writeJson(map)).toBe('{"text":"\\ud800\\\\\\udc00","n":18446744073709551615,"\\udfff":1}');
  });

  test('a lone surrogate is not written', () => {
    for (const text of ['\uD800', '\\\uD800', 'x\uDC00y']) {
      expect(errorOf(() => stringifyJson({ text })).code).toBe('INPUT_FORMAT');
      expect(errorOf(() => stringifyJson({ [text]: 1 })).code).toBe('INPUT_FORMAT');
    }
  });
});

import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import * as portable from '../../src/backend/portable/base64.ts';
import {
  decodeBase64,
  decodeUtf8,
  encodeBase64,
  encodeUtf8,
  isBase64,
  optionalBooleanOf,
  readBoolean,
  readTime,
  readTypeCode,
} from '../../src/extend.ts';
import { errorOf } from '../demo-plugin.ts';

/** Lends a built-in object a method; what it gives takes it back. */
function lend(place: object, name: string, method: unknown): () => void {
  const before = Object.getOwnPropertyDescriptor(place, name);
  Object.defineProperty(place, name, { value: method, configurable: true, writable: true });
  return () => {
    if (before === undefined) Reflect.deleteProperty(place, name);
    else Object.defineProperty(place, name, before);
  };
}

describe('base64', () => {
  test('round trips, the same on both backends', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 100 }), (bytes) => {
        const text = encodeBase64(bytes);
        expect(decodeBase64(text)).toEqual(bytes);
        expect(portable.encodeBase64(bytes)).toBe(text);
        expect(portable.decodeBase64(text)).toEqual(bytes);
      }),
    );
  });

  test.each([
    'AA',
    'AA=',
    'A===',
    '====',
    '=',
    'AA==AA==',
    'A=AA',
    'AAAA=',
    'AB==',
    'AAB=',
    '-_-_',
    'AA AA',
    'AA!A',
    '\u0141AAA',
    'AA%3D',
    'abc',
  ])('refuses %j', (text) => {
    expect(errorOf(() => decodeBase64(text)).code).toBe('INPUT_FORMAT');
    expect([isBase64(text), portable.isBase64(text)]).toEqual([false, false]);
  });

  test('is told without its bytes by the same rule, the same on both backends', () => {
    const character = fc.constantFrom(...Array.from('AQgwBEIMUYckos048+/=-_ \n\u0141'));
    const nearly = fc.array(character, { maxLength: 12 }).map((characters) => characters.join(''));
    const padded = fc.tuple(fc.string({ unit: character, maxLength: 4 }), fc.constantFrom('', '=', '==', '==='));
    const whole = fc.uint8Array({ maxLength: 9 }).map((bytes) => encodeBase64(bytes));
    fc.assert(
      fc.property(
        fc.oneof(
          nearly,
          padded.map(([start, end]) => start + end),
          whole,
        ),
        (text) => {
          const isCanonical = portable.decodeBase64(text) !== undefined;
          expect([isBase64(text), portable.isBase64(text)]).toEqual([isCanonical, isCanonical]);
        },
      ),
      { numRuns: 1000 },
    );
  });

  test('where the platform has it, by the platform, after the same checks', () => {
    const bytes = Uint8Array.of(0, 127, 255, 16);
    const asked: unknown[] = [];
    function fromBase64(text: string): Uint8Array {
      asked.push(text);
      return new Uint8Array(Buffer.from(text, 'base64'));
    }
    function toBase64(this: Uint8Array): string {
      asked.push(this);
      return Buffer.from(this).toString('base64');
    }
    const giveBack = [lend(Uint8Array, 'fromBase64', fromBase64), lend(Uint8Array.prototype, 'toBase64', toBase64)];
    try {
      expect(portable.encodeBase64(bytes)).toBe('AH//EA==');
      expect(portable.decodeBase64('AH//EA==')).toEqual(bytes);
      for (const text of ['AH//EA', ' AH//EA==', 'AH//\nEA==', 'AH//EB==', 'AH__EA==']) {
        expect(portable.decodeBase64(text)).toBeUndefined();
      }
      expect(asked).toEqual([bytes, 'AH//EA==']);
    } finally {
      for (const undo of giveBack) undo();
    }
  });

  test('what is decoded shares no memory with anything else', () => {
    expect(decodeBase64('SGVsbG8=').buffer.byteLength).toBe(5);
  });
});

describe('UTF-8', () => {
  test.each([[[0xff]], [[0xc0, 0xaf]], [[0xed, 0xa0, 0x80]], [[0xe2, 0x82]]])('refuses %j', (bytes) => {
    expect(errorOf(() => decodeUtf8(Uint8Array.from(bytes))).code).toBe('INPUT_FORMAT');
  });

  test('refuses a lone surrogate, keeps a byte order mark', () => {
    expect(errorOf(() => encodeUtf8('a\uDC00')).code).toBe('INPUT_FORMAT');
    expect(decodeUtf8(encodeUtf8('\uFEFFx'))).toBe('\uFEFFx');
  });
});

describe('times', () => {
  test.each([
    [1700000000, 1700000000],
    [1700000000.25, 1700000000.25],
    ['1700000003.5', 1700000003.5],
    [0, 0],
  ])('reads %j', (input, seconds) => {
    expect(readTime(input)).toBe(seconds);
  });

  test.each([
    -1,
    -0,
    Number.NaN,
    Number.POSITIVE_INFINITY,
    1700000000500,
    1e308,
    '',
    ' ',
    'abc',
    '0x10',
    '1e9',
    '-1',
    ' 1',
    '1_0',
    null,
    true,
    {},
    [1],
  ])('refuses %j', (input) => {
    expect(errorOf(() => readTime(input)).code).toMatch(/^INPUT_/);
  });
});

describe('type codes', () => {
  const words = new Map([['text', '1']]);
  test.each([
    [1, '1'],
    [1.0, '1'],
    ['1', '1'],
    ['0', '0'],
    ['9999', '9999'],
    [4_294_967_295, '4294967295'],
    ['4294967295', '4294967295'],
    ['Text', '1'],
  ])('reads %j', (input, code) => {
    expect(readTypeCode(input, words)).toBe(code);
  });

  test.each([
    -1,
    1.5,
    1e21,
    4_294_967_296,
    Number.NaN,
    '',
    '01',
    '4294967296',
    '1.0',
    ' 1',
    '-1',
    'other',
    '__proto__',
    'constructor',
    null,
    true,
    [1],
    {},
  ])('refuses %j', (input) => {
    expect(errorOf(() => readTypeCode(input, words)).code).toMatch(/^INPUT_/);
  });
});

describe('booleans', () => {
  test.each([true, 1, '1', 'true', 'TRUE', 'yes', 'Yes', 'on'])('%j is yes', (value) => {
    expect(readBoolean(value)).toBe(true);
    expect(optionalBooleanOf({ value }, 'value')).toBe(true);
  });

  test.each([false, 0, '0', 'false', 'False', 'no', 'NO', 'off'])('%j is no', (value) => {
    expect(readBoolean(value)).toBe(false);
    expect(optionalBooleanOf({ value }, 'value')).toBe(false);
  });

  test.each([
    ['', 'INPUT_FORMAT'],
    ['maybe', 'INPUT_FORMAT'],
    [' yes', 'INPUT_FORMAT'],
    ['t'.repeat(1e6), 'INPUT_FORMAT'],
    [2, 'INPUT_TYPE'],
    [-1, 'INPUT_TYPE'],
    [0.5, 'INPUT_TYPE'],
    [Number.NaN, 'INPUT_TYPE'],
    [1n, 'INPUT_TYPE'],
    [[true], 'INPUT_TYPE'],
    [{}, 'INPUT_TYPE'],
    [null, 'INPUT_TYPE'],
  ])('%# is neither', (value, code) => {
    expect(errorOf(() => readBoolean(value)).code).toBe(code);
  });

  test('an optional one is absent when it is null, and its errors name the field', () => {
    expect([optionalBooleanOf({}, 'flag'), optionalBooleanOf({ flag: null }, 'flag')]).toEqual([undefined, undefined]);
    expect(errorOf(() => optionalBooleanOf({ flag: 2 }, 'flag'))).toMatchObject({
      code: 'INPUT_TYPE',
      path: 'flag',
    });
  });
});

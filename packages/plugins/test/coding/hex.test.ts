import { describe, expect, test } from '@jest/globals';
import { decodeHex, encodeHex } from '../../src/coding/hex.ts';
import { coderVectors, failureCode } from '../fixtures.ts';

describe('hex', () => {
  test('encodes bytes as lower-case digits', () => {
    expect(encodeHex(new Uint8Array([0, 1, 0x7f, 0x80, 0xab, 0xff]))).toBe('00017f80abff');
    expect(encodeHex(new Uint8Array())).toBe('');
  });

  test.each(['00ff', '00FF', '00fF'])('decodes %s', (text) => {
    expect(decodeHex(text)).toEqual(new Uint8Array([0, 255]));
  });

  test('round trips every vector', () => {
    for (const { data_hex, hex } of coderVectors) {
      expect(encodeHex(decodeHex(data_hex))).toBe(hex);
    }
  });

  test.each([
    'a',
    '0x00',
    '0g',
    'g0',
    ' 00',
    '00 ',
    '0 0f',
    '00\n0',
    '+1',
    '1.00',
    '００',
    '0é',
    '\u{feff}00',
    '00ff0g',
  ])('refuses %j', async (text) => {
    expect(await failureCode(() => decodeHex(text))).toBe('INPUT_FORMAT');
  });

  test.each([undefined, null, 7, ['00'], { length: 2 }])('refuses %j, which is not text', async (value) => {
    expect(await failureCode(() => decodeHex(value as unknown as string))).toBe('INPUT_TYPE');
  });
});

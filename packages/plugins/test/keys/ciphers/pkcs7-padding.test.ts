/** PKCS#7: what is added, and what is told from it. */
import { describe, expect, test } from '@jest/globals';
import { BLOCK_BYTES, padPkcs7, unpadPkcs7 } from '../../../src/keys/ciphers/pkcs7-padding.ts';

/** Two blocks: bytes of 99, then a padding of so many bytes. */
const padded = (count: number): Uint8Array => new Uint8Array(2 * BLOCK_BYTES).fill(99).fill(count, -count);

describe('padding', () => {
  test.each([
    [0, 16],
    [1, 15],
    [15, 1],
    [16, 16],
    [17, 15],
  ])('%d bytes get %d more, each saying so', (length, count) => {
    const bytes = new Uint8Array(length).fill(99);
    expect(padPkcs7(bytes)).toEqual(new Uint8Array(length + count).fill(99).fill(count, length));
  });
});

describe('a right padding', () => {
  test.each(Array.from({ length: BLOCK_BYTES }, (_, index) => index + 1))('of %d bytes is removed', (count) => {
    expect(unpadPkcs7(padded(count))).toEqual({
      bytes: new Uint8Array(2 * BLOCK_BYTES - count).fill(99),
      isSound: true,
    });
  });

  test('may be all there is', () => {
    expect(unpadPkcs7(new Uint8Array(BLOCK_BYTES).fill(16))).toEqual({ bytes: new Uint8Array(), isSound: true });
  });
});

describe('of a wrong padding nothing is removed:', () => {
  test.each([0, 17, 99, 128, 255])('one that says %d', (count) => {
    const blocks = new Uint8Array(2 * BLOCK_BYTES).fill(count);
    expect(unpadPkcs7(blocks)).toEqual({ bytes: blocks, isSound: false });
  });

  test.each(Array.from({ length: BLOCK_BYTES - 1 }, (_, index) => index + 2))('the first of %d bytes', (count) => {
    for (const wrong of [0, count - 1, count ^ 0x80]) {
      const blocks = padded(count);
      blocks[blocks.length - count] = wrong;
      expect(unpadPkcs7(blocks)).toEqual({ bytes: blocks, isSound: false });
    }
  });

  test('one of an empty text', () => {
    expect(unpadPkcs7(new Uint8Array())).toEqual({ bytes: new Uint8Array(), isSound: false });
  });
});

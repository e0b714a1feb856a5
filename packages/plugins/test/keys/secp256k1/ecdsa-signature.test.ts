/** ECDSA signatures between their two forms. The bytes are checked against what Node writes and reads. */
import { generateKeyPairSync, sign, verify } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { decodeHex as hex, encodeHex as toHex } from '../../../src/coding/hex.ts';
import { decodeEcdsaSignature, encodeEcdsaSignature } from '../../../src/keys/secp256k1/ecdsa-signature.ts';

const HALF = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a0';
const HALF_AND_ONE = '7fffffffffffffffffffffffffffffff5d576e7357a4501ddfe92f46681b20a1';
const R = 'ff'.repeat(32);

describe('writing', () => {
  test('keeps a low S and turns a high one over', () => {
    const low = `3045022100${R}0220${HALF}`;
    expect(toHex(encodeEcdsaSignature(hex(R + HALF)))).toBe(low);
    expect(toHex(encodeEcdsaSignature(hex(R + HALF_AND_ONE)))).toBe(low);
  });

  test('takes the shortest form of each number', () => {
    const compact = `${'1'.padStart(64, '0')}${'80'.padStart(64, '0')}`;
    expect(toHex(encodeEcdsaSignature(hex(compact)))).toBe('300702010102020080');
  });

  test('gives what Node verifies', () => {
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    for (let count = 0; count < 10; count++) {
      const message = Uint8Array.of(count);
      const compact = sign('sha256', message, { key: privateKey, dsaEncoding: 'ieee-p1363' });
      expect(verify('sha256', message, publicKey, encodeEcdsaSignature(new Uint8Array(compact)))).toBe(true);
    }
  });
});

describe('reading', () => {
  const read = (text: string): string | undefined => {
    const compact = decodeEcdsaSignature(hex(text));
    return compact === undefined ? undefined : toHex(compact);
  };

  test('gives 32 bytes for each number', () => {
    expect(read('300702010102020080')).toBe(`${'1'.padStart(64, '0')}${'80'.padStart(64, '0')}`);
    expect(read(`3045022100${R}0220${HALF}`)).toBe(R + HALF);
    expect(read(`3045022100${R}0220${HALF_AND_ONE}`)).toBe(R + HALF_AND_ONE);
  });

  test.each([
    ['nothing', ''],
    ['one number', '3003020101'],
    ['three numbers', '3009020101020101020101'],
    ['a byte after it', '300602010102010100'],
    ['33 bytes of a number', `3026022101${R}020101`],
    ['33 bytes of the other number', `3026020101022101${R}`],
    ['a negative number', '3006020181020101'],
  ])('%s is none', (_what, text) => {
    expect(read(text)).toBeUndefined();
  });
});

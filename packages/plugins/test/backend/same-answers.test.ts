/** The portable backend gives the answers of the native one: the same bytes where nothing is random, else bytes that it reads. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import type {
  Backend,
  RsaPrivateComponents,
  RsaPrivateOperations,
  RsaPublicOperations,
} from '../../src/backend/backend.ts';
import { backend as native } from '../../src/backend/native/index.ts';
import { backend as portable } from '../../src/backend/portable/index.ts';
import { bigIntOf, bytesOfBigInt } from '../../src/coding/big-integers.ts';
import { withoutWebCrypto } from '../public-vectors/backends.ts';
import { toHex, utf8 } from '../fixtures.ts';
import { makeRsaKey, type RsaShape } from './rsa-keys.ts';

const E = 65537n;
const SHAPES: readonly (RsaShape & { readonly bits: number })[] = [
  { bits: 1024, p: 512, q: 512, e: E },
  { bits: 1025, p: 513, q: 512, e: E },
  { bits: 1031, p: 515, q: 516, e: E },
  { bits: 1536, p: 768, q: 768, e: E },
  { bits: 2047, p: 1024, q: 1023, e: E },
  { bits: 2048, p: 1024, q: 1024, e: E },
  { bits: 3072, p: 1536, q: 1536, e: E },
  // Primes that differ in size.
  { bits: 1024, p: 700, q: 324, e: E },
  { bits: 1100, p: 100, q: 1000, e: E },
  { bits: 1056, p: 32, q: 1024, e: E },
  // Public exponents at both ends.
  { bits: 1024, p: 512, q: 512, e: 3n },
  { bits: 2048, p: 1024, q: 1024, e: 3n },
  { bits: 1024, p: 512, q: 512, e: 2n ** 32n - 1n },
  { bits: 1024, p: 512, q: 512, e: 2n ** 31n - 1n },
];

const message = fc.uint8Array({ maxLength: 300 });

describe.each(SHAPES)('RSA: $bits bits ($p and $q), exponent $e', (shape) => {
  const key = makeRsaKey(shape);
  const numRuns = Math.ceil((10 * 1024) / shape.bits);
  const { modulus } = key.publicKey;
  const n = bigIntOf(modulus);
  const [natively, inScript] = [operationsOf(native, key), operationsOf(withoutWebCrypto, key)];

  test('the bare operation: at the ends of the range, at the primes, and anywhere', async () => {
    const primes = key.primes.map(bigIntOf);
    const numbers = [0n, 1n, 2n, n - 1n, n - 2n, ...primes, ...primes.map((prime) => n - prime)];
    const ends = numbers.map((number) => bytesOfBigInt(number, modulus.length));
    for (const input of [...ends, ...fc.sample(inputBelow(n, modulus.length), numRuns)]) {
      expect(toHex(await inScript.rawDecrypt(input))).toBe(toHex(await natively.rawDecrypt(input)));
    }
  });

  test('signatures', async () => {
    const byWebCrypto = operationsOf(portable, key);
    for (const bytes of fc.sample(message, numRuns)) {
      const signature = await natively.sign(bytes);
      expect(await inScript.sign(bytes)).toEqual(signature);
      expect(await byWebCrypto.sign(bytes)).toEqual(signature);
      expect(await inScript.verify(bytes, signature)).toBe(true);
    }
  });

  test('what verifies: nothing but the signature, not even the same number modulo n', async () => {
    const signature = await natively.sign(utf8('x'));
    const again = bigIntOf(signature) + n;
    const wrong = [
      ...fc.sample(inputBelow(n, modulus.length), numRuns),
      new Uint8Array(modulus.length),
      new Uint8Array(modulus.length).fill(0xff),
      bytesOfBigInt(n - bigIntOf(signature), modulus.length),
      modulus,
      ...(again < 256n ** BigInt(modulus.length) ? [bytesOfBigInt(again, modulus.length)] : []),
      signature.subarray(1),
      Uint8Array.of(0, ...signature),
      new Uint8Array(),
    ];
    for (const bytes of wrong) {
      expect([await natively.verify(utf8('x'), bytes), await inScript.verify(utf8('x'), bytes)]).toEqual([
        false,
        false,
      ]);
    }
    expect(await inScript.verify(utf8('x'), signature)).toBe(true);
  });

  test('what one encrypts the other decrypts: a padding without a zero, and the plaintext', async () => {
    for (const length of [0, 1, modulus.length - 11]) {
      for (const [one, other] of [
        [natively, inScript],
        [inScript, natively],
      ] as const) {
        const encoded = await other.rawDecrypt(await one.encrypt(new Uint8Array(length)));
        expect(encoded).toHaveLength(modulus.length);
        expect([...encoded.subarray(0, 2)]).toEqual([0, 2]);
        expect(encoded.subarray(encoded.indexOf(0, 2) + 1)).toEqual(new Uint8Array(length));
      }
    }
  });
});

describe('secp256k1', () => {
  const { secp256k1 } = portable;

  test('points, and what one signs the other verifies', async () => {
    await fc.assert(
      fc.asyncProperty(message, byteAt, async (bytes, change) => {
        const scalar = await native.secp256k1.generate();
        const point = native.secp256k1.pointOf(scalar);
        expect(secp256k1.pointOf(scalar)).toEqual(point);
        for (const [one, other] of [
          [native.secp256k1, secp256k1],
          [secp256k1, native.secp256k1],
        ] as const) {
          const signature = await one.privateKey(scalar, point).sign(bytes);
          expect(signature).toHaveLength(64);
          expect(await other.publicKey(point).verify(bytes, signature)).toBe(true);
          expect(await other.publicKey(point).verify(bytes, change(signature))).toBe(false);
          expect(await other.publicKey(point).verify(Uint8Array.of(...bytes, 1), signature)).toBe(false);
        }
      }),
      { numRuns: 20 },
    );
  });

  test('new scalars are in range, and no two are the same', async () => {
    const scalars = await Promise.all(Array.from({ length: 8 }, async () => secp256k1.generate()));
    for (const scalar of scalars) expect(native.secp256k1.pointOf(scalar)).toEqual(secp256k1.pointOf(scalar));
    expect(new Set(scalars.map(toHex)).size).toBe(scalars.length);
  });
});

describe('AES-CBC', () => {
  const { aesCbc } = portable;

  test('the same blocks, and back', () => {
    const bytesOf = (length: number): fc.Arbitrary<Uint8Array> =>
      fc.uint8Array({ minLength: length, maxLength: length });
    const key = fc.constantFrom(16, 24, 32).chain(bytesOf);
    const blocks = fc.nat({ max: 40 }).chain((count) => bytesOf(16 * (count + 1)));
    fc.assert(
      fc.property(key, bytesOf(16), blocks, fc.nat({ max: 15 }), (secret, iv, plaintext, offset) => {
        // Not aligned to words, as a part of a message is.
        const view = new Uint8Array(plaintext.length + offset).subarray(offset);
        view.set(plaintext);
        const operations = aesCbc.key(secret);
        const ciphertext = operations.encryptBlocks(iv, view);
        expect(ciphertext).toEqual(native.aesCbc.key(secret).encryptBlocks(iv, plaintext));
        expect(operations.decryptBlocks(iv, ciphertext)).toEqual(plaintext);
        expect(view).toEqual(plaintext);
      }),
    );
  });
});

function operationsOf({ rsa }: Backend, key: RsaPrivateComponents): RsaPrivateOperations & RsaPublicOperations {
  return { ...rsa.privateKey(key), ...rsa.publicKey(key.publicKey) };
}

function inputBelow(limit: bigint, length: number): fc.Arbitrary<Uint8Array> {
  return fc.bigInt({ min: 0n, max: limit - 1n }).map((number) => bytesOfBigInt(number, length));
}

/** Changes one byte. */
const byteAt: fc.Arbitrary<(bytes: Uint8Array) => Uint8Array> = fc
  .tuple(fc.nat(), fc.integer({ min: 1, max: 255 }))
  .map(([index, change]) => (bytes) => {
    const changed = bytes.slice();
    const at = index % bytes.length;
    changed[at] = (changed[at] ?? 0) ^ change;
    return changed;
  });

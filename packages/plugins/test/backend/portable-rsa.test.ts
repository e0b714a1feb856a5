/** RSA of the portable backend: what protects the private operation, and what it does without WebCrypto. */
import { checkPrimeSync, createPrivateKey, generatePrimeSync, webcrypto } from 'node:crypto';
import { afterEach, describe, expect, jest, test } from '@jest/globals';
import type { RsaPrivateComponents } from '../../src/backend/backend.ts';
import { backend as portable } from '../../src/backend/portable/index.ts';
import { exponentDigits, publicPower, secretPower } from '../../src/backend/portable/modular-power.ts';
import { rsa } from '../../src/backend/portable/rsa.ts';
import { bigIntOf, bytesOfBigInt } from '../../src/coding/big-integers.ts';
import { encodePem, parsePem } from '../../src/coding/pem.ts';
import { parseRsaPrivateKey } from '../../src/coding/rsa-components.ts';
import { at, base64, failureCode, hex, rsaVectors, toHex, utf8 } from '../fixtures.ts';
import { rsaComponents } from './rsa-keys.ts';

const vector = at(rsaVectors, 0);
const key = parseRsaPrivateKey(at(parsePem(vector.private.data), 0).der);
const { data_hex, signature } = at(vector.signatures, 0);

afterEach(() => {
  jest.restoreAllMocks();
});

describe('the private operation', () => {
  const ciphertext = bytesOfBigInt(bigIntOf(key.publicKey.modulus) - 5n, key.publicKey.modulus.length);

  test('gives the same again and again, while its blinding changes', () => {
    const operations = rsa.privateKey(key);
    const results = Array.from({ length: 100 }, () => toHex(operations.rawDecrypt(ciphertext) as Uint8Array));
    expect(new Set(results).size).toBe(1);
    const power = publicPower(bigIntOf(hex(at(results, 0))), key.publicKey.exponent, bigIntOf(key.publicKey.modulus));
    expect(power).toBe(bigIntOf(ciphertext));
  });

  test('takes fresh random numbers for each operation', () => {
    const random = jest.spyOn(globalThis.crypto, 'getRandomValues');
    const operations = rsa.privateKey(key);
    for (let count = 1; count <= 40; count++) {
      operations.rawDecrypt(ciphertext);
      // A factor for each of the two exponents, and in some operations a new blinding.
      expect(random.mock.calls.length).toBeGreaterThanOrEqual(2 * count);
    }
    const [blindings, factors] = [128, 8].map((least) =>
      random.mock.results.filter(({ value }) => (value as Uint8Array).length >= least),
    ) as [unknown[], { value: unknown }[]];
    expect(blindings.length).toBeGreaterThanOrEqual(4);
    expect(new Set(factors.map(({ value }) => toHex(value as Uint8Array))).size).toBe(factors.length);
  });

  const wrong: Readonly<Record<string, Partial<RsaPrivateComponents>>> = {
    'the exponent of p': { exponents: [plus(key.exponents[0], 2n), key.exponents[1]] },
    'the exponent of q': { exponents: [key.exponents[0], plus(key.exponents[1], 2n)] },
    p: { primes: [plus(key.primes[0], 2n), key.primes[1]] },
    q: { primes: [key.primes[0], plus(key.primes[1], 2n)] },
    'the coefficient': { coefficient: plus(key.coefficient, 1n) },
    'the modulus': { publicKey: { ...key.publicKey, modulus: plus(key.publicKey.modulus, 2n) } },
    'the public exponent': { publicKey: { ...key.publicKey, exponent: 65539 } },
  };

  test.each(Object.entries(wrong))('gives nothing at all when a fault is in %s', async (_what, fault) => {
    const operations = rsa.privateKey({ ...key, ...fault });
    expect(await failureCode(() => operations.rawDecrypt(ciphertext))).toBe('INTERNAL_PLATFORM');
    expect(await failureCode(() => operations.sign(utf8('x')))).toBe('INTERNAL_PLATFORM');
  });

  test('works with a factor so small that a blinding may have no inverse', async () => {
    const tiny = rsaComponents(generatePrimeSync(1022, { bigint: true }), 5n, 65537n);
    const operations = rsa.privateKey(tiny);
    for (let count = 0; count < 20; count++) {
      const bytes = await operations.sign(Uint8Array.of(count));
      expect(await rsa.publicKey(tiny.publicKey).verify(Uint8Array.of(count), bytes)).toBe(true);
    }
  });
});

describe('powers', () => {
  test.each([
    [0n, 1],
    [1n, 5],
    [31n, 5],
    [32n, 6],
    [0x1234_5678_9abc_def0n, 64],
    [2n ** 521n - 1n, 521],
  ])('exponent %#: its digits in base 32 are as many as its bits need', (exponent, bits) => {
    const digits = exponentDigits(exponent, bits);
    expect(digits).toHaveLength(Math.ceil(bits / 5));
    expect([...digits].reduce((sum, digit) => sum * 32n + BigInt(digit), 0n)).toBe(exponent);
    expect(exponentDigits(exponent, bits + 64)).toHaveLength(Math.ceil((bits + 64) / 5));
  });

  test('are those of repeated multiplication', () => {
    for (const modulus of [2n, 3n, 7n, 1_000_003n, 2n ** 127n - 1n]) {
      for (const base of [0n, 1n, modulus - 1n, 5n % modulus]) {
        let expected = 1n;
        for (let exponent = 1; exponent < 70; exponent++) {
          expected = (expected * base) % modulus;
          expect(secretPower(base, exponentDigits(BigInt(exponent), 16), modulus)).toBe(expected);
          expect(publicPower(base, exponent, modulus)).toBe(expected);
        }
      }
    }
  });
});

describe('WebCrypto', () => {
  const { subtle } = globalThis.crypto;
  const platform = Object.getOwnPropertyDescriptor(globalThis, 'crypto') ?? {};

  afterEach(() => {
    Object.defineProperty(globalThis, 'crypto', platform);
  });

  const nothing = (): void => undefined;
  const refuse = (method: 'importKey' | 'sign' | 'generateKey') => (): void =>
    void jest.spyOn(subtle, method).mockRejectedValue(new Error('not here'));
  /** As on a page that did not come over https. */
  function remove(): void {
    const value = { getRandomValues: (array: Uint8Array) => webcrypto.getRandomValues(array) };
    Object.defineProperty(globalThis, 'crypto', { configurable: true, value });
  }

  /** As in Chromium and Bun. */
  function roundDown(): void {
    const generateKey = subtle.generateKey.bind(subtle) as unknown as (
      algorithm: RsaHashedKeyGenParams,
    ) => Promise<CryptoKeyPair>;
    jest
      .spyOn(subtle, 'generateKey')
      .mockImplementation((async ({ modulusLength, ...rest }: RsaHashedKeyGenParams) =>
        generateKey({ ...rest, modulusLength: modulusLength - (modulusLength % 128) })) as never);
  }

  test('signs where it is there', async () => {
    const sign = jest.spyOn(subtle, 'sign');
    expect(await portable.rsa.privateKey(key).sign(hex(data_hex))).toEqual(base64(signature));
    expect(sign).toHaveBeenCalledTimes(1);
  });

  test('is given a key once', async () => {
    const importKey = jest.spyOn(subtle, 'importKey');
    const operations = portable.rsa.privateKey(key);
    await Promise.all([operations.sign(utf8('x')), operations.sign(utf8('y'))]);
    await operations.sign(utf8('z'));
    expect(importKey).toHaveBeenCalledTimes(1);
  });

  test.each([
    ['is not there', remove],
    ['does not take the key', refuse('importKey')],
    ['does not sign', refuse('sign')],
  ])('is not needed: it %s', async (_what, change) => {
    change();
    expect(await portable.rsa.privateKey(key).sign(hex(data_hex))).toEqual(base64(signature));
  });

  test('what is signed is what was given, even if it changes while the key is prepared', async () => {
    const message = hex(data_hex);
    const signing = portable.rsa.privateKey(key).sign(message);
    message.fill(0);
    expect(await signing).toEqual(base64(signature));
  });

  test.each([
    ['there', nothing],
    ['not there', remove],
    ['there, but makes no keys', refuse('generateKey')],
    ['there, but makes smaller ones', roundDown],
  ])('new keys are made where it is %s', async (_what, change) => {
    change();
    const made = parseRsaPrivateKey(await portable.rsa.generate(1032));
    expect(made.publicKey.modulus).toHaveLength(129);
    expect(made.publicKey.modulus[0]).toBeGreaterThanOrEqual(128);
    expect(made.publicKey.exponent).toBe(65537);
  });
});

describe('keys that are made in JavaScript', () => {
  test.each([1024, 1032, 2048])('%d bits: two primes that the platform takes for primes, too', async (bits) => {
    const der = await rsa.generate(bits);
    const made = parseRsaPrivateKey(der);
    expect(bigIntOf(made.publicKey.modulus).toString(2)).toHaveLength(bits);
    for (const prime of made.primes) {
      expect(checkPrimeSync(prime)).toBe(true);
      expect(bigIntOf(prime).toString(2)).toHaveLength(bits / 2);
    }
    const message = utf8('made here');
    const bytes = await rsa.privateKey(made).sign(message);
    expect(await rsa.publicKey(made.publicKey).verify(message, bytes)).toBe(true);
    expect(createPrivateKey(encodePem('RSA PRIVATE KEY', der)).asymmetricKeyDetails).toEqual({
      modulusLength: bits,
      publicExponent: 65537n,
    });
  });

  test('no two are the same, and other tasks run in between', async () => {
    let turns = 0;
    const timer = setInterval(() => turns++);
    const made: string[] = [];
    // With luck, a key is found before anybody else would have had a turn; not eight in a row.
    for (let count = 0; count < 8; count++) made.push(toHex(await rsa.generate(1024)));
    clearInterval(timer);
    expect(new Set(made).size).toBe(8);
    expect(turns).toBeGreaterThan(0);
  });
});

function plus(number: Uint8Array, difference: bigint): Uint8Array {
  return bytesOfBigInt(bigIntOf(number) + difference, number.length);
}

/** RSA keys are checked on the way in. All private keys here are built in the test; `ok` marks what is read. */
import { createPrivateKey, generatePrimeSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { encodePem } from '../../../src/coding/pem.ts';
import { inverse, roughFrom } from '../../backend/rsa-keys.ts';
import { at, hex, PrivateKey, PublicKey, rsaVectors, utf8 } from '../../fixtures.ts';
import {
  bitString,
  check,
  integer,
  joined,
  MALFORMED,
  NULL,
  publicPem,
  RSA_OID,
  sequence,
  STRANGER,
  tlv,
  VERSION,
} from '../key-rows.ts';

const EXPONENT = 'INPUT_KEY at data: the exponent of an RSA key must be odd, at least 3 and of at most 32 bits';
const SIZE = 'INPUT_KEY at data: the modulus of an RSA key must have 128 to 1024 bytes';
const FACTOR = 'INPUT_KEY at data: the modulus of an RSA key must not have a small factor';
const SQUARE = 'INPUT_KEY at data: the modulus of an RSA key must not be a square';
const EVEN = 'INPUT_KEY at data: the modulus of an RSA key must be odd';
const NUMBERS = 'INPUT_KEY at data: the numbers of this RSA private key do not belong together';
const NOT_RSA = 'UNSUPPORTED_ALGORITHM at data: is not a plain RSA key';
const DIFFERENT = 'INPUT_KEY at data: holds different keys';
const NO_KEY = 'INPUT_KEY at data: holds no key of the kind that is needed';

const spki = (pkcs1: Uint8Array, algorithm = sequence(RSA_OID, NULL)): Uint8Array =>
  sequence(algorithm, bitString(pkcs1));
const rsaKey = (n: bigint, e: bigint): string => publicPem(spki(sequence(integer(n), integer(e))));
const readRsa = (data: string): unknown => PublicKey.parse({ algorithm: 'RSA', data });
const readRsaPrivate = (data: string): unknown => PrivateKey.parse({ algorithm: 'RSA', data });

/** A number of so many bits that may be a modulus. */
const ofBits = (bits: number): bigint => roughFrom(2n ** BigInt(bits - 1) + 1n);

describe('RSA: exponent', () => {
  const n = ofBits(1024);
  check(
    [
      ['0', rsaKey(n, 0n), EXPONENT],
      ['1', rsaKey(n, 1n), EXPONENT],
      ['2', rsaKey(n, 2n), EXPONENT],
      ['3', rsaKey(n, 3n), 'ok'],
      ['4', rsaKey(n, 4n), EXPONENT],
      ['65536', rsaKey(n, 65536n), EXPONENT],
      ['65537', rsaKey(n, 65537n), 'ok'],
      ['2^32 - 1', rsaKey(n, 2n ** 32n - 1n), 'ok'],
      ['2^32', rsaKey(n, 2n ** 32n), EXPONENT],
      ['2^32 + 1', rsaKey(n, 2n ** 32n + 1n), EXPONENT],
      ['2^64 + 3', rsaKey(n, 2n ** 64n + 3n), EXPONENT],
      ['as long as the modulus', rsaKey(n, n - 2n), EXPONENT],
    ],
    readRsa,
  );
});

describe('RSA: modulus', () => {
  const prime = generatePrimeSync(1024, { bigint: true });
  check(
    [
      ['1016 bits: 127 bytes', rsaKey(ofBits(1016), 65537n), SIZE],
      ['1017 bits: 128 bytes', rsaKey(ofBits(1017), 65537n), 'ok'],
      ['1023 bits', rsaKey(ofBits(1023), 65537n), 'ok'],
      ['1024 bits', rsaKey(ofBits(1024), 65537n), 'ok'],
      ['1024 bits, even', rsaKey(ofBits(1024) + 1n, 65537n), EVEN],
      ['1025 bits', rsaKey(ofBits(1025), 65537n), 'ok'],
      ['8192 bits', rsaKey(ofBits(8192), 65537n), 'ok'],
      ['8193 bits', rsaKey(ofBits(8193), 65537n), SIZE],
      ['0', rsaKey(0n, 65537n), SIZE],
      ['3 times another', rsaKey(3n * ofBits(1024), 65537n), FACTOR],
      ['a power of 3', rsaKey(3n ** 700n, 65537n), FACTOR],
      ['257 times another', rsaKey(257n * ofBits(1024), 65537n), FACTOR],
      ['263 times another', rsaKey(263n * ofBits(1024), 65537n), 'ok'],
      ['a square', rsaKey(prime ** 2n, 65537n), SQUARE],
      ['a square of any other number', rsaKey(ofBits(700) ** 2n, 65537n), SQUARE],
      ['8 more than a square', rsaKey(roughFrom(prime ** 2n + 8n, 8n), 65537n), 'ok'],
      ['8 less than a square', rsaKey(roughFrom(prime ** 2n - 8n, -8n), 65537n), 'ok'],
    ],
    readRsa,
  );
});

describe('RSA: DER', () => {
  const [n, e] = [integer(ofBits(1024)), integer(65537n)];
  const numbers = joined([n, e]);
  const pkcs1 = sequence(n, e);
  const modulus = n.subarray(3);
  check(
    [
      ['SPKI', publicPem(spki(pkcs1)), 'ok'],
      ['PKCS#1', publicPem(pkcs1), 'ok'],
      ['a length in more bytes than needed', publicPem(tlv(0x30, numbers, [0x82, 0, numbers.length])), MALFORMED],
      ['an indefinite length', publicPem(Uint8Array.of(0x30, 0x80, ...numbers, 0, 0)), MALFORMED],
      ['a short length in the long form', publicPem(sequence(n, tlv(2, e.subarray(2), [0x81, 3]))), MALFORMED],
      ['a leading zero too many', publicPem(sequence(tlv(2, Uint8Array.of(0, ...modulus)), e)), MALFORMED],
      ['a negative modulus', publicPem(sequence(tlv(2, modulus.subarray(1)), e)), MALFORMED],
      ['a negative exponent', publicPem(sequence(n, tlv(2, Uint8Array.of(0xff)))), MALFORMED],
      ['an empty exponent', publicPem(sequence(n, tlv(2, new Uint8Array()))), MALFORMED],
      ['a byte after the key', publicPem(Uint8Array.of(...spki(pkcs1), 0)), MALFORMED],
      ['a byte after the numbers', publicPem(tlv(0x30, Uint8Array.of(...numbers, 0))), MALFORMED],
      ['a third number', publicPem(sequence(n, e, e)), MALFORMED],
      ['a byte after the key inside', publicPem(spki(Uint8Array.of(...pkcs1, 0))), MALFORMED],
      ['a byte less', publicPem(spki(pkcs1).subarray(0, -1)), MALFORMED],
      [
        'a bit string with unused bits',
        publicPem(sequence(sequence(RSA_OID, NULL), tlv(3, Uint8Array.of(1, ...pkcs1)))),
        MALFORMED,
      ],
      ['no parameters', publicPem(spki(pkcs1, sequence(RSA_OID))), MALFORMED],
      ['parameters that are not NULL', publicPem(spki(pkcs1, sequence(RSA_OID, hex('050100')))), MALFORMED],
      ['two parameters', publicPem(spki(pkcs1, sequence(RSA_OID, NULL, NULL))), MALFORMED],
      ['the OID of RSASSA-PSS', publicPem(spki(pkcs1, sequence(hex('06092a864886f70d01010a'), NULL))), NOT_RSA],
      ['the OID of elliptic curves', publicPem(spki(pkcs1, sequence(hex('06072a8648ce3d0201'), NULL))), NOT_RSA],
    ],
    readRsa,
  );
});

describe('RSA: private key', () => {
  // 2 more than a multiple of 3, so that 3 has an inverse; 513 and 512 bits, so that n has 1024 at least.
  const [p, q] = [513, 512].map((bits) => generatePrimeSync(bits, { bigint: true, rem: 2n, add: 3n })) as [
    bigint,
    bigint,
  ];
  const e = 65537n;
  const phi = (p - 1n) * (q - 1n);
  const d = inverse(e, phi);
  const sound = { version: 0n, n: p * q, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), qinv: inverse(q, p) };
  const pem = (changes: Partial<typeof sound> = {}): string =>
    encodePem('RSA PRIVATE KEY', sequence(...Object.values({ ...sound, ...changes }).map(integer)));
  const [foreign, foreignPrivate] = [at(rsaVectors, 0).public.data, at(rsaVectors, 0).private.data];
  const own = rsaKey(sound.n, e);
  const pkcs1 = sequence(...Object.values(sound).map(integer));
  const pkcs8 = (version: bigint, ...rest: readonly Uint8Array[]): string =>
    encodePem('PRIVATE KEY', sequence(integer(version), sequence(RSA_OID, NULL), tlv(4, pkcs1), ...rest));
  // Right for one of the two primes only.
  const [forP, forQ] = [d + (p - 1n), d + (q - 1n)];
  check(
    [
      ['sound', pem(), 'ok'],
      ['n is not p·q', pem({ n: roughFrom(sound.n + 2n) }), NUMBERS],
      ['p is not a factor', pem({ p: p + 2n }), NUMBERS],
      ['q is not a factor', pem({ q: q + 2n }), NUMBERS],
      ['p and q exchanged', pem({ p: q, q: p }), NUMBERS],
      ['p is 1', pem({ p: 1n, q: sound.n }), NUMBERS],
      ['q is 1', pem({ p: sound.n, q: 1n }), NUMBERS],
      ['p is 0', pem({ p: 0n }), NUMBERS],
      ['q is 0', pem({ q: 0n }), NUMBERS],
      ['p is q', pem({ n: p * p, q: p, dq: sound.dp, qinv: 1n }), SQUARE],
      ['d is 0', pem({ d: 0n }), NUMBERS],
      ['d + 2', pem({ d: d + 2n }), NUMBERS],
      ['d of another e', pem({ d: inverse(3n * 65539n, phi) }), NUMBERS],
      ['d for p alone', pem({ d: forP, dp: forP % (p - 1n), dq: forP % (q - 1n) }), NUMBERS],
      ['d for q alone', pem({ d: forQ, dp: forQ % (p - 1n), dq: forQ % (q - 1n) }), NUMBERS],
      ['d as long as it should not be', pem({ d: d + phi * 2n }), NUMBERS],
      ['e of another d', pem({ e: 257n }), NUMBERS],
      ['e of 1 and d of 1', pem({ e: 1n, d: 1n, dp: 1n, dq: 1n }), EXPONENT],
      ['dp + 2', pem({ dp: sound.dp + 2n }), NUMBERS],
      ['dq + 2', pem({ dq: sound.dq + 2n }), NUMBERS],
      ['dp that is equal but not reduced', pem({ dp: sound.dp + p - 1n }), NUMBERS],
      ['qinv + 1', pem({ qinv: sound.qinv + 1n }), NUMBERS],
      ['qinv that is equal but not reduced', pem({ qinv: sound.qinv + p }), NUMBERS],
      ['more than two primes', pem({ version: 1n }), VERSION],
      ['a number more', encodePem('RSA PRIVATE KEY', joined([sequence(pkcs1.subarray(4), integer(1n))])), MALFORMED],
      ['PKCS#8', pkcs8(0n), 'ok'],
      ['PKCS#8 with attributes', pkcs8(0n, hex('a000')), 'ok'],
      ['PKCS#8 with something else', pkcs8(0n, NULL), MALFORMED],
      ['PKCS#8 of version 2', pkcs8(2n), VERSION],
      ['with its public key', `${own}\n${pem()}`, 'ok'],
      ['with its public key of another exponent', `${rsaKey(sound.n, 65539n)}\n${pem()}`, STRANGER],
      ['with the public key of another', `${foreign}\n${pem()}`, STRANGER],
      ['with another private key', `${foreignPrivate}\n${pem()}`, DIFFERENT],
      ['only a public key', own, NO_KEY],
    ],
    readRsaPrivate,
  );

  test('the key that this test builds is one that the platform signs with, too', () => {
    expect(createPrivateKey(pem()).asymmetricKeyDetails).toMatchObject({ publicExponent: e });
  });

  test('a signature has exactly the length of the modulus', async () => {
    const key = PrivateKey.parse({ algorithm: 'RSA', data: pem() });
    const signature = await key.sign(utf8('x'));
    const lengths = [
      signature.subarray(1),
      signature.subarray(0, -1),
      Uint8Array.of(0, ...signature),
      Uint8Array.of(...signature, 0),
    ];
    const verified = [signature, ...lengths].map(async (bytes) => key.publicKey.verify(utf8('x'), bytes));
    expect(await Promise.all(verified)).toEqual([true, false, false, false, false]);
  });
});

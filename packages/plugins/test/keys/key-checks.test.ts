/**
 * Keys are checked on the way in. Each rule is a row: what is refused stands beside its accepted neighbor. All keys here
 * are built in the test, number by number; `ok` marks what is read.
 */
import { createECDH, createPrivateKey, generateKeyPairSync, generatePrimeSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { bigIntOf, bytesOfBigInt } from '../../src/keys/big-integers.ts';
import { encodePem } from '../../src/keys/pem.ts';
import { SECP256K1_ORDER } from '../../src/keys/secp256k1-curve.ts';
import { failureCode, hex, PrivateKey, PublicKey, SymmetricKey, toBase64, toHex, utf8 } from '../fixtures.ts';

/** A row: what it is, the key's data, and the error, or `ok`. */
type Row = readonly [what: string, data: string, outcome: string];

const INPUT_KEY = 'INPUT_KEY data';
const INPUT_FORMAT = 'INPUT_FORMAT data';
const UNSUPPORTED = 'UNSUPPORTED_ALGORITHM data';

/** The error of an action, or `ok`. */
async function outcomeOf(action: () => unknown): Promise<string> {
  try {
    await action();
    return 'ok';
  } catch (error) {
    return failureCode(() => {
      throw error;
    });
  }
}

// DER that the library under test has no part in: a length in any form, contents of any kind.
const tlv = (tag: number, content: Uint8Array, length = shortest(content.length)): Uint8Array =>
  Uint8Array.of(tag, ...length, ...content);
const sequence = (...parts: readonly Uint8Array[]): Uint8Array => tlv(0x30, joined(parts));
const joined = (parts: readonly Uint8Array[]): Uint8Array => Uint8Array.from(parts.flatMap((part) => [...part]));
const bitString = (bytes: Uint8Array): Uint8Array => tlv(3, Uint8Array.of(0, ...bytes));

function shortest(length: number): readonly number[] {
  if (length < 0x80) return [length];
  return length < 0x100 ? [0x81, length] : [0x82, length >> 8, length & 0xff];
}

function bytesOf(number: bigint): Uint8Array {
  const digits = number.toString(16);
  const bytes = hex(digits.length % 2 === 0 ? digits : `0${digits}`);
  return (bytes[0] ?? 0) > 0x7f ? Uint8Array.of(0, ...bytes) : bytes;
}

const integer = (number: bigint): Uint8Array => tlv(2, bytesOf(number));

const RSA_OID = hex('06092a864886f70d010101');
const NULL = hex('0500');
const spki = (pkcs1: Uint8Array, algorithm = sequence(RSA_OID, NULL)): Uint8Array =>
  sequence(algorithm, bitString(pkcs1));
const publicPem = (der: Uint8Array): string => encodePem('PUBLIC KEY', der);
const rsaKey = (n: bigint, e: bigint): string => publicPem(spki(sequence(integer(n), integer(e))));

function check(rows: readonly Row[], read: (data: string) => unknown): void {
  test('there is a neighbor that is read', () => {
    expect(rows.map(([, , outcome]) => outcome)).toContain('ok');
  });

  test.each(rows)('%s', async (_what, data, outcome) => {
    expect(await outcomeOf(() => read(data))).toBe(outcome);
  });
}

const readRsa = (data: string): unknown => PublicKey.parse({ algorithm: 'RSA', data });
const readRsaPrivate = (data: string): unknown => PrivateKey.parse({ algorithm: 'RSA', data });
const readEcc = (data: string): unknown => PublicKey.parse({ algorithm: 'ECC', data });
const readEccPrivate = (data: string): unknown => PrivateKey.parse({ algorithm: 'ECC', data });

/** An odd number of so many bits. */
const ofBits = (bits: bigint): bigint => 2n ** (bits - 1n) + 1n;

describe('RSA: exponent', () => {
  const n = ofBits(1024n);
  check(
    [
      ['0', rsaKey(n, 0n), INPUT_KEY],
      ['1', rsaKey(n, 1n), INPUT_KEY],
      ['2', rsaKey(n, 2n), INPUT_KEY],
      ['3', rsaKey(n, 3n), 'ok'],
      ['4', rsaKey(n, 4n), INPUT_KEY],
      ['65536', rsaKey(n, 65536n), INPUT_KEY],
      ['65537', rsaKey(n, 65537n), 'ok'],
      ['2^32 - 1', rsaKey(n, 2n ** 32n - 1n), 'ok'],
      ['2^32', rsaKey(n, 2n ** 32n), INPUT_KEY],
      ['2^32 + 1', rsaKey(n, 2n ** 32n + 1n), INPUT_KEY],
      ['2^64 + 3', rsaKey(n, 2n ** 64n + 3n), INPUT_KEY],
      ['as long as the modulus', rsaKey(n, n - 2n), INPUT_KEY],
    ],
    readRsa,
  );
});

describe('RSA: modulus', () => {
  check(
    [
      ['1023 bits', rsaKey(ofBits(1023n), 65537n), INPUT_KEY],
      ['1024 bits', rsaKey(ofBits(1024n), 65537n), 'ok'],
      ['1024 bits, even', rsaKey(ofBits(1024n) + 1n, 65537n), INPUT_KEY],
      ['1025 bits', rsaKey(ofBits(1025n), 65537n), 'ok'],
      ['8192 bits', rsaKey(ofBits(8192n), 65537n), 'ok'],
      ['8193 bits', rsaKey(ofBits(8193n), 65537n), INPUT_KEY],
      ['0', rsaKey(0n, 65537n), INPUT_KEY],
    ],
    readRsa,
  );
});

describe('RSA: DER', () => {
  const [n, e] = [integer(ofBits(1024n)), integer(65537n)];
  const numbers = joined([n, e]);
  const pkcs1 = sequence(n, e);
  const modulus = n.subarray(3);
  check(
    [
      ['SPKI', publicPem(spki(pkcs1)), 'ok'],
      ['PKCS#1', publicPem(pkcs1), 'ok'],
      ['a length in more bytes than needed', publicPem(tlv(0x30, numbers, [0x82, 0, numbers.length])), INPUT_FORMAT],
      ['an indefinite length', publicPem(Uint8Array.of(0x30, 0x80, ...numbers, 0, 0)), INPUT_FORMAT],
      ['a short length in the long form', publicPem(sequence(n, tlv(2, e.subarray(2), [0x81, 3]))), INPUT_FORMAT],
      ['a leading zero too many', publicPem(sequence(tlv(2, Uint8Array.of(0, ...modulus)), e)), INPUT_FORMAT],
      ['a negative modulus', publicPem(sequence(tlv(2, modulus.subarray(1)), e)), INPUT_FORMAT],
      ['a negative exponent', publicPem(sequence(n, tlv(2, Uint8Array.of(0xff)))), INPUT_FORMAT],
      ['an empty exponent', publicPem(sequence(n, tlv(2, new Uint8Array()))), INPUT_FORMAT],
      ['a byte after the key', publicPem(Uint8Array.of(...spki(pkcs1), 0)), INPUT_FORMAT],
      ['a byte after the numbers', publicPem(tlv(0x30, Uint8Array.of(...numbers, 0))), INPUT_FORMAT],
      ['a third number', publicPem(sequence(n, e, e)), INPUT_FORMAT],
      ['a byte after the key inside', publicPem(spki(Uint8Array.of(...pkcs1, 0))), INPUT_FORMAT],
      ['a byte less', publicPem(spki(pkcs1).subarray(0, -1)), INPUT_FORMAT],
      [
        'a bit string with unused bits',
        publicPem(sequence(sequence(RSA_OID, NULL), tlv(3, Uint8Array.of(1, ...pkcs1)))),
        INPUT_FORMAT,
      ],
      ['no parameters', publicPem(spki(pkcs1, sequence(RSA_OID))), INPUT_FORMAT],
      ['parameters that are not NULL', publicPem(spki(pkcs1, sequence(RSA_OID, hex('050100')))), INPUT_FORMAT],
      ['two parameters', publicPem(spki(pkcs1, sequence(RSA_OID, NULL, NULL))), INPUT_FORMAT],
      ['the OID of RSASSA-PSS', publicPem(spki(pkcs1, sequence(hex('06092a864886f70d01010a'), NULL))), UNSUPPORTED],
      ['the OID of elliptic curves', publicPem(spki(pkcs1, sequence(hex('06072a8648ce3d0201'), NULL))), UNSUPPORTED],
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
  const stranger = generateKeyPairSync('rsa', { modulusLength: 1024 });
  const foreign = stranger.publicKey.export({ type: 'spki', format: 'pem' }).toString();
  const foreignPrivate = stranger.privateKey.export({ type: 'pkcs1', format: 'pem' }).toString();
  const own = rsaKey(sound.n, e);
  check(
    [
      ['sound', pem(), 'ok'],
      ['n is not p·q', pem({ n: sound.n + 2n }), INPUT_KEY],
      ['p is not a factor', pem({ p: p + 2n }), INPUT_KEY],
      ['q is not a factor', pem({ q: q + 2n }), INPUT_KEY],
      ['p and q exchanged', pem({ p: q, q: p }), INPUT_KEY],
      ['p is 1', pem({ p: 1n, q: sound.n }), INPUT_KEY],
      ['p is 0', pem({ p: 0n }), INPUT_KEY],
      ['d is 0', pem({ d: 0n }), INPUT_KEY],
      ['d + 2', pem({ d: d + 2n }), INPUT_KEY],
      ['d of another e', pem({ d: inverse(3n * 65539n, phi) }), INPUT_KEY],
      ['d as long as it should not be', pem({ d: d + phi * 2n }), INPUT_KEY],
      ['e of another d', pem({ e: 257n }), INPUT_KEY],
      ['e of 1 and d of 1', pem({ e: 1n, d: 1n, dp: 1n, dq: 1n }), INPUT_KEY],
      ['dp + 2', pem({ dp: sound.dp + 2n }), INPUT_KEY],
      ['dq + 2', pem({ dq: sound.dq + 2n }), INPUT_KEY],
      ['dp that is equal but not reduced', pem({ dp: sound.dp + p - 1n }), INPUT_KEY],
      ['qinv + 1', pem({ qinv: sound.qinv + 1n }), INPUT_KEY],
      ['qinv that is equal but not reduced', pem({ qinv: sound.qinv + p }), INPUT_KEY],
      ['more than two primes', pem({ version: 1n }), UNSUPPORTED],
      ['with its public key', `${own}\n${pem()}`, 'ok'],
      ['with the public key of another', `${foreign}\n${pem()}`, INPUT_KEY],
      ['with another private key', `${foreignPrivate}\n${pem()}`, INPUT_KEY],
      ['only a public key', own, INPUT_KEY],
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

describe('ECC: public key', () => {
  const P = 2n ** 256n - 2n ** 32n - 977n;
  const ecdh = createECDH('secp256k1');
  const point = new Uint8Array(ecdh.generateKeys());
  const [x, y] = [point.subarray(1, 33), point.subarray(33)];
  const odd = (y[31] ?? 0) & 1;
  const p256 = createECDH('prime256v1').generateKeys('hex');
  const EC_OID = hex('06072a8648ce3d0201');
  const K1 = hex('06052b8104000a');
  const eccSpki = (bytes: Uint8Array, curve = K1): string =>
    publicPem(sequence(sequence(EC_OID, curve), bitString(bytes)));
  const form = (prefix: number, ...parts: readonly Uint8Array[]): string =>
    toHex(joined([Uint8Array.of(prefix), ...parts]));
  check(
    [
      ['65 bytes', form(4, x, y), 'ok'],
      ['y + 1', form(4, x, bytesOfBigInt(bigIntOf(y) + 1n, 32)), INPUT_KEY],
      ['x and y exchanged', form(4, y, x), INPUT_KEY],
      ['-y', form(4, x, bytesOfBigInt(P - bigIntOf(y), 32)), 'ok'],
      ['x = p', form(2, bytesOfBigInt(P, 32)), INPUT_KEY],
      ['x = p + 1, which is 1', form(2, bytesOfBigInt(P + 1n, 32)), INPUT_KEY],
      ['x = 1', form(2, bytesOfBigInt(1n, 32)), 'ok'],
      ['x = 5, which no point has', form(2, bytesOfBigInt(5n, 32)), INPUT_KEY],
      ['x = 0', form(2, new Uint8Array(32)), INPUT_KEY],
      ['infinity', '00', INPUT_KEY],
      ['infinity in 65 bytes', '00'.repeat(65), INPUT_KEY],
      ['(0, 0)', form(4, new Uint8Array(64)), INPUT_KEY],
      ['compressed', form(2 + odd, x), 'ok'],
      ['compressed, with y', form(2 + odd, x, y), INPUT_KEY],
      ['uncompressed, without y', form(4, x), INPUT_KEY],
      ['hybrid 06', form(6, x, y), INPUT_KEY],
      ['hybrid 07', form(7, x, y), INPUT_KEY],
      ['an unknown prefix', form(5, x), INPUT_KEY],
      ['64 bytes', toHex(point.subarray(1)), 'ok'],
      ['64 bytes, y + 1', toHex(joined([x, bytesOfBigInt(bigIntOf(y) + 1n, 32)])), INPUT_KEY],
      ['SPKI', eccSpki(point), 'ok'],
      ['SPKI of a compressed point', eccSpki(Uint8Array.of(2 + odd, ...x)), 'ok'],
      ['SPKI of a hybrid point', eccSpki(Uint8Array.of(6 + odd, ...x, ...y)), INPUT_KEY],
      ['SPKI of P-256', eccSpki(hex(p256), hex('06082a8648ce3d030107')), UNSUPPORTED],
      ['a point of P-256 that says it is of secp256k1', eccSpki(hex(p256)), INPUT_KEY],
      ['a point of secp256k1 that says it is of P-256', eccSpki(point, hex('06082a8648ce3d030107')), UNSUPPORTED],
      ['SPKI without a curve', publicPem(sequence(sequence(EC_OID), bitString(point))), UNSUPPORTED],
      ['SPKI with a byte after it', eccSpki(Uint8Array.of(...point, 0)), INPUT_KEY],
    ],
    readEcc,
  );

  test('the flag of the other half of the curve is another key', () => {
    const key = PublicKey.parse({ algorithm: 'ECC', data: form(3 - odd, x) });
    expect(toHex(key.data)).toBe(form(4, x, bytesOfBigInt(P - bigIntOf(y), 32)));
  });

  test.each(['yes', 1, 0, null, 'true', {}])('the flag "compressed" is not %j', async (compressed) => {
    const fields = { algorithm: 'ECC', data: form(4, x, y), compressed };
    expect(await outcomeOf(() => PublicKey.parse(fields))).toBe('INPUT_TYPE compressed');
    expect(await outcomeOf(() => PublicKey.parse({ ...fields, compressed: true }))).toBe('ok');
  });
});

describe('ECC: private key', () => {
  const scalar = (number: bigint): string => number.toString(16).padStart(64, '0');
  check(
    [
      ['0', scalar(0n), INPUT_KEY],
      ['1', scalar(1n), 'ok'],
      ['n - 1', scalar(SECP256K1_ORDER - 1n), 'ok'],
      ['n', scalar(SECP256K1_ORDER), INPUT_KEY],
      ['n + 1', scalar(SECP256K1_ORDER + 1n), INPUT_KEY],
      ['31 bytes', scalar(1n).slice(2), INPUT_KEY],
      ['33 bytes', `00${scalar(1n)}`, INPUT_KEY],
    ],
    readEccPrivate,
  );
});

describe('AES', () => {
  const ofLength = (length: number): string => toBase64(new Uint8Array(length).fill(1));
  const row = (length: number): Row => {
    const accepted = [16, 24, 32].includes(length);
    return [`${length} bytes`, ofLength(length), length === 0 ? INPUT_FORMAT : accepted ? 'ok' : INPUT_KEY];
  };
  check([0, 15, 16, 17, 23, 24, 25, 31, 32, 33, 64].map(row), (data) => SymmetricKey.parse({ algorithm: 'AES', data }));

  const key = SymmetricKey.parse({ algorithm: 'AES', data: ofLength(32) });

  test.each([0, 8, 12, 15, 16, 17, 32])('an IV of %d bytes', async (length) => {
    const { ciphertext, extra } = await key.encrypt(utf8('x'));
    const IV = ofLength(length);
    expect(
      await outcomeOf(() => key.decrypt(ciphertext, { ...extra, IV: length === 16 ? (extra['IV'] ?? '') : IV })),
    ).toBe(length === 16 ? 'ok' : 'CRYPTO_DECRYPT');
    expect(await outcomeOf(() => SymmetricKey.parse({ ...key.fields, iv: IV }))).toBe(
      length === 16 ? 'ok' : 'INPUT_FORMAT iv',
    );
  });

  test.each([0, 1, 15, 16, 17, 31, 32, 33])('a ciphertext of %d bytes', async (length) => {
    const { ciphertext, extra } = await key.encrypt(new Uint8Array(Math.max(0, length - 1)));
    const bytes = Uint8Array.of(...ciphertext, ...new Uint8Array(33)).subarray(0, length);
    expect(await outcomeOf(() => key.decrypt(bytes, extra))).toBe(
      length > 0 && length % 16 === 0 ? 'ok' : 'CRYPTO_DECRYPT',
    );
  });
});

/** The inverse of a number, by the extended Euclidean algorithm. */
function inverse(number: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

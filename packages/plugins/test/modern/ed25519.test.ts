/** ED25519: key maps, and that verification has one answer on every backend. */
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { ed25519 as curve } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { failure, failureCode, hex, toBase64, toHex, utf8 } from '../fixtures.ts';
import { bytesFrom, mapOf, subjects } from './subjects.ts';

const { Point } = curve;
const ORDER = Point.Fn.ORDER;

/** RFC 8032, section 7.1, test 2. */
const SEED = hex('4ccd089b28ff96da9db6c346ec114e0f5b8a319f35aba624da8cf6ed4fb8a6fb');
const PUBLIC = hex('3d4017c3e843895a92b70aa74d1b7ebc9c982ccf2ec4968cc0cd55f12af4660c');
const SIGNATURE = hex(
  '92a009a9f0d4cab8720e820b5f642540a2b27b5416503f8fb3762223ebdb69da085ac1e43e15996e458f3613d0f11d8c387b2eaeb4302aeeb00d291612bb0c00',
);
const MESSAGE = hex('72');

/** A point of order 8, and all its multiples: the points of small order. */
const TORSION = Point.fromBytes(hex('26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05'));
const SMALL = [1n, 2n, 3n, 4n, 5n, 6n, 7n].map((times) => TORSION.multiplyUnsafe(times).toBytes());

describe.each(subjects)('ED25519 on the %s backend', (_name, { PublicKey, PrivateKey, EncryptKey, DecryptKey }) => {
  const key = PrivateKey.parse(mapOf('ED25519', SEED));
  const publicKey = PublicKey.parse(mapOf('ED25519', PUBLIC));

  test('signs and verifies as RFC 8032 says', async () => {
    expect(await key.sign(MESSAGE)).toEqual(SIGNATURE);
    expect(key.publicKey.fields).toEqual(mapOf('ED25519', PUBLIC));
    expect(key.publicKey.data).toEqual(PUBLIC);
    expect(publicKey.data).toEqual(PUBLIC);
    for (const one of [publicKey, key.publicKey]) {
      expect(await one.verify(MESSAGE, SIGNATURE)).toBe(true);
      expect(await one.verify(hex('73'), SIGNATURE)).toBe(false);
      expect(await one.verify(new Uint8Array(), SIGNATURE)).toBe(false);
    }
  });

  test('a verification is right the first time and the twentieth', async () => {
    const often = PublicKey.parse(mapOf('ED25519', PUBLIC));
    for (let times = 0; times < 20; times++) {
      expect(await often.verify(MESSAGE, SIGNATURE)).toBe(true);
      expect(await often.verify(hex('73'), SIGNATURE)).toBe(false);
    }
  });

  test.each([0, 32, 63, 65, 128])('%i bytes are no signature', async (length) => {
    const bytes = new Uint8Array(length);
    bytes.set(SIGNATURE.subarray(0, length));
    expect(await publicKey.verify(MESSAGE, bytes)).toBe(false);
  });

  test('the same signature with the order added to S is refused', async () => {
    const s = bytesToNumberLE(SIGNATURE.subarray(32)) + ORDER;
    const changed = Uint8Array.of(...SIGNATURE.subarray(0, 32), ...littleEndian(s));
    expect(await publicKey.verify(MESSAGE, changed)).toBe(false);
  });

  test('a signature that holds only when multiplied by the cofactor is refused', async () => {
    const { scalar } = curve.utils.getExtendedPublicKey(SEED);
    for (let start = 0; start < 10; start++) {
      const nonce = bytesToNumberLE(sha512(Uint8Array.of(start))) % ORDER;
      const good = signWith(nonce, scalar, Point.ZERO);
      const mixed = signWith(nonce, scalar, TORSION);
      expect(curve.verify(mixed, MESSAGE, PUBLIC, { zip215: false })).toBe(true);
      expect([await publicKey.verify(MESSAGE, good), await publicKey.verify(MESSAGE, mixed)]).toEqual([true, false]);
    }
  });

  test('a signature with a nonce of zero is refused', async () => {
    const { scalar } = curve.utils.getExtendedPublicKey(SEED);
    const signature = signWith(0n, scalar, Point.ZERO);
    expect(curve.verify(signature, MESSAGE, PUBLIC, { zip215: false })).toBe(true);
    expect(await publicKey.verify(MESSAGE, signature)).toBe(false);
    expect(await publicKey.verify(MESSAGE, signWith(1n, scalar, Point.ZERO))).toBe(true);
  });

  test('a public key of small order is refused', async () => {
    expect(new Set(SMALL.map(toHex)).size).toBe(7);
    const noKeys = [
      ...SMALL,
      hex('0100000000000000000000000000000000000000000000000000000000000000'),
      hex('0100000000000000000000000000000000000000000000000000000000000080'),
      hex('ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff'),
    ];
    for (const bytes of noKeys) {
      expect(await failureCode(() => PublicKey.parse(mapOf('ED25519', bytes)))).toBe('INPUT_KEY data');
    }
  });

  test('a second spelling of a point is refused', async () => {
    // The field's prime is 2^255 - 19: the y-coordinates 2 to 18 have another spelling, and that of 4 is a point.
    const four = Uint8Array.of(4, ...new Uint8Array(31));
    const again = littleEndian(2n ** 255n - 19n + 4n);
    expect(PublicKey.parse(mapOf('ED25519', four)).data).toEqual(four);
    expect(await failureCode(() => PublicKey.parse(mapOf('ED25519', again)))).toBe('INPUT_KEY data');
  });

  test('bytes that are no point verify nothing', async () => {
    const two = PublicKey.parse(mapOf('ED25519', Uint8Array.of(2, ...new Uint8Array(31))));
    expect(await two.verify(MESSAGE, SIGNATURE)).toBe(false);
    expect(await two.verify(MESSAGE, new Uint8Array(64))).toBe(false);
  });

  test('a private key of 64 bytes is the seed and the public key', async () => {
    const map = mapOf('ED25519', Uint8Array.of(...SEED, ...PUBLIC));
    const long = PrivateKey.parse(map);
    expect(await long.sign(MESSAGE)).toEqual(SIGNATURE);
    expect(long.publicKey.data).toEqual(PUBLIC);
    expect(JSON.parse(JSON.stringify(long))).toEqual(map);
    for (const index of [0, 31, 32, 63]) {
      const bytes = Uint8Array.of(...SEED, ...PUBLIC);
      bytes[index] = (bytes[index] ?? 0) ^ 1;
      const { message } = await failure(() => PrivateKey.parse(mapOf('ED25519', bytes)));
      expect(message).toBe('INPUT_KEY at data: holds a private key and a public key that is not its own');
    }
  });

  test.each([
    ['INPUT_MISSING data', {}],
    ['INPUT_TYPE data', { data: 5 }],
    ['INPUT_FORMAT data', { data: '' }],
    ['INPUT_FORMAT data', { data: toHex(PUBLIC) + '=' }],
    ['INPUT_FORMAT data', { data: toBase64(PUBLIC).slice(0, -1) }],
    ['INPUT_FORMAT data', { data: `${toBase64(PUBLIC)} ` }],
    ['INPUT_FORMAT data', { data: toBase64(PUBLIC).replace('A', '-') + '-' }],
    ['INPUT_KEY data', { data: toBase64(PUBLIC.subarray(1)) }],
    ['INPUT_KEY data', { data: toBase64(Uint8Array.of(...PUBLIC, 0)) }],
  ])('%s: %j', async (code, fields) => {
    expect(await failureCode(() => PublicKey.parse({ algorithm: 'ED25519', ...fields }))).toBe(code);
    expect(await failureCode(() => PrivateKey.parse({ algorithm: 'ED25519', ...fields }))).toBe(code);
  });

  test('line breaks count for nothing: some clients end all base64 with one', () => {
    const fields = {
      algorithm: 'ED25519',
      data: `${toBase64(PUBLIC).slice(0, 20)}\r\n${toBase64(PUBLIC).slice(20)}\n`,
    };
    expect(PublicKey.parse(fields).data).toEqual(PUBLIC);
    expect(PublicKey.parse(fields).toJSON()).toEqual(fields);
  });

  test('new keys are another one each time', async () => {
    const [one, other] = [await PrivateKey.generate('ED25519'), await PrivateKey.generate('ED25519', { bits: 256 })];
    expect(one.publicKey.data).not.toEqual(other.publicKey.data);
    const read = PrivateKey.parse(JSON.parse(JSON.stringify(one)));
    expect(await other.publicKey.verify(MESSAGE, await one.sign(MESSAGE))).toBe(false);
    expect(await one.publicKey.verify(MESSAGE, await read.sign(MESSAGE))).toBe(true);
    expect(await failureCode(() => PrivateKey.generate('ED25519', { bits: 255 }))).toBe('USAGE_ARGUMENT bits');
  });

  test('it does not encrypt', async () => {
    expect(await failureCode(() => EncryptKey.parse(publicKey.fields))).toBe('UNSUPPORTED_ALGORITHM algorithm');
    expect(await failureCode(() => DecryptKey.parse(key.fields))).toBe('UNSUPPORTED_ALGORITHM algorithm');
    expect(await failureCode(() => DecryptKey.generate('ED25519'))).toBe('UNSUPPORTED_ALGORITHM');
  });

  test('the name of an algorithm has one spelling', async () => {
    for (const algorithm of ['ed25519', 'Ed25519', 'EdDSA']) {
      const parse = (): unknown => PublicKey.parse(mapOf(algorithm, PUBLIC));
      expect(await failureCode(parse)).toBe('UNSUPPORTED_ALGORITHM algorithm');
    }
  });

  test('what is no bytes is a mistake of the caller', async () => {
    expect(await failureCode(() => key.sign('Hello' as never))).toBe('USAGE_ARGUMENT message');
    expect(await failureCode(() => publicKey.verify('Hello' as never, SIGNATURE))).toBe('USAGE_ARGUMENT message');
    expect(await failureCode(() => publicKey.verify(MESSAGE, '' as never))).toBe('USAGE_ARGUMENT signature');
  });

  test('a log shows what the key is, and nothing of it', () => {
    expect(inspect(key)).toBe("Ed25519PrivateKey { algorithm: 'ED25519' }");
    expect(inspect({ publicKey })).toBe("{ publicKey: Ed25519PublicKey { algorithm: 'ED25519' } }");
    expect(inspect([PrivateKey.parse(key.fields)])).not.toContain(toBase64(SEED));
  });

  test('changing the bytes that a key shows does not change what it verifies', async () => {
    const mine = PublicKey.parse(mapOf('ED25519', PUBLIC));
    mine.data.fill(0);
    expect(await mine.verify(MESSAGE, SIGNATURE)).toBe(true);
  });

  test('signatures have memory of their own', async () => {
    const signature = await key.sign(utf8('x'));
    expect(Object.getPrototypeOf(signature)).toBe(Uint8Array.prototype);
    expect(signature.buffer.byteLength).toBe(64);
  });

  test('any seed makes a key that verifies on its own', async () => {
    for (const start of [0, 1, 99]) {
      const one = PrivateKey.parse(mapOf('ED25519', bytesFrom(start, 32)));
      const read = PublicKey.parse(JSON.parse(JSON.stringify(one.publicKey)));
      expect(await read.verify(MESSAGE, await one.sign(MESSAGE))).toBe(true);
    }
  });
});

/** A signature with a chosen nonce, and a point added to R: of the zero point, an ordinary one. */
function signWith(nonce: bigint, scalar: bigint, added: typeof TORSION): Uint8Array {
  const r = Point.BASE.multiplyUnsafe(nonce).add(added).toBytes();
  const hash = sha512.create().update(r).update(PUBLIC).update(MESSAGE).digest();
  return Uint8Array.of(...r, ...littleEndian((nonce + bytesToNumberLE(hash) * scalar) % ORDER));
}

function littleEndian(number: bigint): Uint8Array {
  return hex(number.toString(16).padStart(64, '0')).toReversed();
}

/** X25519: key maps and sealed boxes. */
import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { base64, failure, failureCode, hex, textIn, toBase64, toHex, utf8 } from '../fixtures.ts';
import { boxByHand } from './boxes-by-hand.ts';
import { bytesFrom, mapOf, subjects } from './subjects.ts';

/** A private key. */
const SCALAR = bytesFrom(7, 32);

/** A public key: the base point. */
const NINE = Uint8Array.of(9, ...new Uint8Array(31));

/** All spellings of all points of small order, on the curve and on its twist. */
const SMALL = [
  '0000000000000000000000000000000000000000000000000000000000000000',
  '0100000000000000000000000000000000000000000000000000000000000000',
  'e0eb7a7c3b41b8ae1656e3faf19fc46ada098deb9c32b1fd866205165f49b800',
  '5f9c95bca3508c24b1d0b1559c83ef5b04445cc4581c8e86d8224eddd09f1157',
  'ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'edffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
  'eeffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f',
].flatMap((digits) => [hex(digits), withHighBit(hex(digits))]);

describe.each(subjects)('X25519 on the %s backend', (_name, { EncryptKey, DecryptKey, PublicKey, PrivateKey }) => {
  const key = DecryptKey.parse(mapOf('X25519', SCALAR));
  const { encryptKey } = key;
  const plaintext = utf8('{"algorithm":"AES","data":"…"}');

  test('what is sealed for a key, only that key opens', async () => {
    const other = await DecryptKey.generate('X25519');
    for (const length of [0, 1, 31, 32, 33, 500, 70_000]) {
      const bytes = bytesFrom(1, length);
      const box = await encryptKey.encrypt(bytes);
      expect(box).toHaveLength(length + 48);
      expect(await key.decrypt(box)).toEqual(bytes);
      expect(await failureCode(() => other.decrypt(box))).toBe('CRYPTO_DECRYPT');
    }
  });

  test('no two boxes are the same', async () => {
    const boxes = [await encryptKey.encrypt(plaintext), await encryptKey.encrypt(plaintext)].map(toHex);
    expect(boxes[0]?.slice(0, 64)).not.toBe(boxes[1]?.slice(0, 64));
    expect(boxes[0]?.slice(64)).not.toBe(boxes[1]?.slice(64));
  });

  test('a box of which any byte was changed does not open, nor one of another length', async () => {
    const box = await encryptKey.encrypt(plaintext);
    for (const [index, byte] of box.entries()) {
      const changed = new Uint8Array(box);
      changed[index] = byte ^ 1;
      expect(await failureCode(() => key.decrypt(changed))).toBe('CRYPTO_DECRYPT');
    }
    const others = [
      new Uint8Array(),
      box.subarray(0, 31),
      box.subarray(0, 32),
      box.subarray(0, 47),
      box.subarray(0, -1),
    ];
    for (const changed of [...others, box.subarray(1), Uint8Array.of(...box, 0), new Uint8Array(box.length)]) {
      const { message } = await failure(() => key.decrypt(changed));
      expect(message).toBe('CRYPTO_DECRYPT: does not decrypt');
    }
  });

  test.each(SMALL.map((bytes) => [toHex(bytes), bytes] as const))(
    'the point %s is refused as a key, and in a box',
    async (_digits, bytes) => {
      expect(await failureCode(() => EncryptKey.parse(mapOf('X25519', bytes)))).toBe('INPUT_KEY data');
      expect(await key.decrypt(boxByHand(NINE, SCALAR, plaintext))).toEqual(plaintext);
      expect(await failureCode(() => key.decrypt(boxByHand(bytes, SCALAR, plaintext)))).toBe('CRYPTO_DECRYPT');
    },
  );

  test('a second spelling of a public key is refused: its owner could not open what is sealed for it', async () => {
    const bytes = base64(textIn(encryptKey.fields, 'data'));
    expect(await failureCode(() => EncryptKey.parse(mapOf('X25519', withHighBit(bytes))))).toBe('INPUT_KEY data');
    const again = hex('f6ffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f');
    expect(EncryptKey.parse(mapOf('X25519', NINE)).fields).toEqual(mapOf('X25519', NINE));
    expect(await failureCode(() => EncryptKey.parse(mapOf('X25519', again)))).toBe('INPUT_KEY data');
  });

  test.each([
    ['INPUT_MISSING data', {}],
    ['INPUT_TYPE data', { data: null }],
    ['INPUT_FORMAT data', { data: '' }],
    ['INPUT_FORMAT data', { data: `${toBase64(SCALAR)} ` }],
    ['INPUT_FORMAT data', { data: toBase64(SCALAR).replace('=', '') }],
    ['INPUT_KEY data', { data: toBase64(SCALAR.subarray(1)) }],
    ['INPUT_KEY data', { data: toBase64(Uint8Array.of(...SCALAR, ...SCALAR)) }],
  ])('%s: %j', async (code, fields) => {
    expect(await failureCode(() => EncryptKey.parse({ algorithm: 'X25519', ...fields }))).toBe(code);
    expect(await failureCode(() => DecryptKey.parse({ algorithm: 'X25519', ...fields }))).toBe(code);
  });

  test('a key is the same after a round trip, with every field', async () => {
    const map = { ...mapOf('X25519', SCALAR), unknown: { kept: true } };
    const read = DecryptKey.parse(map);
    expect(JSON.parse(JSON.stringify(read))).toEqual(map);
    const readPublic = EncryptKey.parse(JSON.parse(JSON.stringify(read.encryptKey)));
    expect(await read.decrypt(await readPublic.encrypt(plaintext))).toEqual(plaintext);
  });

  test('new keys are another one each time', async () => {
    const [one, other] = [await DecryptKey.generate('X25519'), await DecryptKey.generate('X25519', { bits: 256 })];
    expect(one.fields).not.toEqual(other.fields);
    expect(await failureCode(() => DecryptKey.generate('X25519', { bits: 128 }))).toBe('USAGE_ARGUMENT bits');
  });

  test('it does not sign', async () => {
    expect(await failureCode(() => PublicKey.parse(encryptKey.fields))).toBe('UNSUPPORTED_ALGORITHM algorithm');
    expect(await failureCode(() => PrivateKey.parse(key.fields))).toBe('UNSUPPORTED_ALGORITHM algorithm');
    expect(await failureCode(() => PrivateKey.generate('X25519'))).toBe('UNSUPPORTED_ALGORITHM');
  });

  test('what is no bytes is a mistake of the caller', async () => {
    expect(await failureCode(() => encryptKey.encrypt('Hello' as never))).toBe('USAGE_ARGUMENT plaintext');
    expect(await failureCode(() => key.decrypt([] as never))).toBe('USAGE_ARGUMENT ciphertext');
  });

  test('a log shows what the key is, and nothing of it', () => {
    expect(inspect({ key })).toBe("{ key: X25519DecryptKey { algorithm: 'X25519' } }");
    expect(inspect(encryptKey)).toBe("X25519EncryptKey { algorithm: 'X25519' }");
    // oxlint-disable-next-line typescript/no-base-to-string -- the classes have a text of their own
    expect(String(key)).toBe("X25519DecryptKey { algorithm: 'X25519' }");
  });

  test('what comes out has memory of its own, or of nobody else', async () => {
    const box = await encryptKey.encrypt(plaintext);
    const opened = await key.decrypt(box);
    for (const bytes of [box, opened]) {
      expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
      expect(bytes.buffer.byteLength).toBeLessThan(200);
    }
  });
});

function withHighBit(bytes: Uint8Array): Uint8Array {
  return bytes.map((byte, index) => (index === 31 ? byte | 0x80 : byte));
}

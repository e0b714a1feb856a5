import { createCipheriv } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { JsonMap, SymmetricKey as AnySymmetricKey } from 'mkm';
import {
  at,
  base64,
  failure,
  failureCode,
  hex,
  SymmetricKey,
  symmetricVectors,
  toBase64,
  textIn,
  toHex,
  utf8,
} from '../../fixtures.ts';

const aesVectors = symmetricVectors.filter(({ key }) => key['algorithm'] === 'AES');
const data = toBase64(new Uint8Array(32).fill(9));
const read = (fields: JsonMap): AnySymmetricKey => SymmetricKey.parse({ algorithm: 'AES', data, ...fields });
const iv = (byte: number): Uint8Array => new Uint8Array(16).fill(byte);

/** Encrypts blocks that are padded as the test wants. */
function encryptBlocks(blocks: Uint8Array): Uint8Array {
  const cipher = createCipheriv('aes-256-cbc', base64(data), iv(1)).setAutoPadding(false);
  return new Uint8Array(Buffer.concat([cipher.update(blocks), cipher.final()]));
}

describe('AES', () => {
  test.each(aesVectors)('vector %#', async ({ key, extra, key_with_iv, plaintext_hex, ciphertext }) => {
    const aes = SymmetricKey.parse(key);
    expect(aes.toJSON()).toEqual(key);
    expect(toHex(await aes.decrypt(base64(ciphertext), extra))).toBe(plaintext_hex);
    const [reader, given] = key_with_iv === undefined ? [key, extra] : [key_with_iv, {}];
    expect(toHex(await SymmetricKey.parse(reader).decrypt(base64(ciphertext), given))).toBe(plaintext_hex);
    const fresh = await aes.encrypt(hex(plaintext_hex));
    expect(toHex(await aes.decrypt(fresh.ciphertext, fresh.extra))).toBe(plaintext_hex);
  });

  test.each([0, 1, 15, 16, 17, 31, 32, 1000])('round trips %d bytes', async (length) => {
    const plaintext = new Uint8Array(length).fill(length);
    const { ciphertext, extra } = await read({}).encrypt(plaintext);
    expect(ciphertext).toHaveLength((Math.floor(length / 16) + 1) * 16);
    expect(await read({}).decrypt(ciphertext, extra)).toEqual(plaintext);
  });

  test('every message has an IV of its own, also when the key has one', async () => {
    const key = read({ iv: toBase64(iv(3)) });
    const [one, other] = [await key.encrypt(utf8('x')), await key.encrypt(utf8('x'))];
    expect(Object.keys(one.extra)).toEqual(['IV']);
    expect(base64(textIn(one.extra, 'IV'))).toHaveLength(16);
    expect(one.extra).not.toEqual(other.extra);
    expect(one.extra['IV']).not.toBe(key.fields['iv']);
    expect(one.ciphertext).not.toEqual(other.ciphertext);
  });

  test('the IV may have line breaks, and any form of binary; null is none', async () => {
    const { ciphertext, extra } = await SymmetricKey.parse({
      algorithm: 'AES',
      data: toBase64(new Uint8Array(16)),
    }).encrypt(utf8('text'));
    const sent = textIn(extra, 'IV');
    const broken = `${toBase64(new Uint8Array(16))}\r\n`;
    for (const form of [
      `${sent}\n`,
      `${sent.slice(0, 4)}\r\n${sent.slice(4)}`,
      `base64,${sent}`,
      `data:;base64,${sent}\n`,
    ]) {
      const key = SymmetricKey.parse({ algorithm: 'AES', data: broken, iv: form });
      expect(await key.decrypt(ciphertext, { IV: form })).toEqual(utf8('text'));
      expect(await key.decrypt(ciphertext, { IV: null, iv: form })).toEqual(utf8('text'));
      expect(await key.decrypt(ciphertext, { IV: null, iv: null })).toEqual(utf8('text'));
    }
  });

  test('the IV is looked for in the message (IV, iv), then in the key (iv, IV), then it is zero', async () => {
    const encrypted = (byte: number): Uint8Array => {
      const cipher = createCipheriv('aes-256-cbc', base64(data), iv(byte));
      return new Uint8Array(Buffer.concat([cipher.update('text'), cipher.final()]));
    };
    const [i1, i2, i3, i4] = [1, 2, 3, 4].map((byte) => toBase64(iv(byte)));
    const whole = { IV: i1 ?? '', iv: i2 ?? '', sender: 'someone' };
    const key = { iv: i3 ?? '', IV: i4 ?? '' };
    expect(await read(key).decrypt(encrypted(1), whole)).toEqual(utf8('text'));
    expect(await read(key).decrypt(encrypted(2), { iv: whole.iv })).toEqual(utf8('text'));
    expect(await read(key).decrypt(encrypted(3), {})).toEqual(utf8('text'));
    expect(await read({ IV: key.IV }).decrypt(encrypted(4), {})).toEqual(utf8('text'));
    expect(await read({}).decrypt(encrypted(0), {})).toEqual(utf8('text'));
  });

  test('every failure to decrypt is the same error', async () => {
    const extra = { IV: toBase64(iv(1)) };
    const good = encryptBlocks(new Uint8Array(32).fill(16));
    const wrongPaddings = [0, 17, 255].map((byte) => encryptBlocks(new Uint8Array(16).fill(byte)));
    for (let index = 1; index < 16; index++) {
      const block = new Uint8Array(32).fill(16);
      block[32 - 1 - index] = 15;
      wrongPaddings.push(encryptBlocks(block));
    }
    const wrongLengths = [new Uint8Array(), good.subarray(1), good.subarray(0, 15), new Uint8Array(17)];
    const wrongIvs = [
      7,
      [],
      { data: 7 },
      'base64,',
      'data:,short',
      '',
      '@',
      toBase64(new Uint8Array(15)),
      toBase64(new Uint8Array(17)),
      'A'.repeat(1000),
      {},
    ];
    const attempts = [
      ...[...wrongPaddings, ...wrongLengths].map((ciphertext) => () => read({}).decrypt(ciphertext, extra)),
      ...wrongIvs.map((IV) => () => read({}).decrypt(good, { IV })),
    ];
    const errors = await Promise.all(attempts.map(failure));
    expect(new Set(errors.map(({ code, message, cause }) => `${code} ${message} ${String(cause)}`)).size).toBe(1);
    expect(at(errors, 0).code).toBe('CRYPTO_DECRYPT');
    expect(await read({}).decrypt(good, extra)).toEqual(new Uint8Array(16).fill(16));
  });

  test('a wrong padding is no error where the caller judges it afterwards', async () => {
    const extra = { IV: toBase64(iv(1)) };
    const right = new Uint8Array(32).fill(16);
    const wrong = new Uint8Array(32).fill(17);
    const open = (blocks: Uint8Array): unknown => read({}).decryptUnchecked?.(encryptBlocks(blocks), extra);
    expect(await open(right)).toEqual({ bytes: right.subarray(16), isSound: true });
    expect(await open(wrong)).toEqual({ bytes: wrong, isSound: false });
    expect(await read({}).decryptUnchecked?.(new Uint8Array(15), extra)).toMatchObject({ isSound: false });
  });

  test.each([16, 24, 32])('reads keys of %d bytes', async (length) => {
    const key = SymmetricKey.parse({ algorithm: 'AES', data: toBase64(new Uint8Array(length).fill(1)) });
    const { ciphertext, extra } = await key.encrypt(utf8('x'));
    expect(await key.decrypt(ciphertext, extra)).toEqual(utf8('x'));
  });

  test.each([
    [{ data: '' }, 'INPUT_KEY data'],
    [{ data: null }, 'INPUT_TYPE data'],
    [{ data: 7 }, 'INPUT_TYPE data'],
    [{ data: '@@@' }, 'INPUT_FORMAT data'],
    [{ data: 'A'.repeat(65_540) }, 'INPUT_LIMIT data'],
    [{ data: '09'.repeat(32) }, 'INPUT_KEY data'],
    [{ iv: '' }, 'INPUT_FORMAT iv'],
    [{ iv: 1 }, 'INPUT_TYPE iv'],
    [{ iv: toBase64(new Uint8Array(15)) }, 'INPUT_FORMAT iv'],
    [{ iv: toBase64(iv(1)), IV: toBase64(new Uint8Array(17)) }, 'INPUT_FORMAT IV'],
    [{ mode: 'ECB' }, 'UNSUPPORTED_ALGORITHM mode'],
    [{ mode: 'GCM' }, 'UNSUPPORTED_ALGORITHM mode'],
    [{ padding: 'NoPadding' }, 'UNSUPPORTED_ALGORITHM padding'],
    [{ keySize: 16 }, 'INPUT_KEY keySize'],
    [{ keySize: 'much' }, 'INPUT_KEY keySize'],
    [{ keySize: {} }, 'INPUT_TYPE keySize'],
    [{ data: {} }, 'INPUT_MISSING data.data'],
    [{ data: { algorithm: 'rot13', data: 'x' } }, 'UNSUPPORTED_ALGORITHM data.algorithm'],
    [{ iv: `data:,${' '.repeat(2000)}` }, 'INPUT_FORMAT iv'],
  ] as const)('refuses fields %#', async (fields, code) => {
    expect(await failureCode(() => read(fields))).toBe(code);
  });

  const bytes = new Uint8Array(32).map((_, index) => index + 1);
  test.each([
    ['base64', (text: string) => text],
    ['base64 with its name', (text: string) => `base64,${text}`],
    ['a data URI', (text: string) => `data:application/octet-stream;base64,${text}`],
    ['a map', (text: string) => ({ algorithm: 'base64', data: text })],
    ['base64 with line breaks', (text: string) => `${text.slice(0, 20)}\r\n${text.slice(20)}\n`],
    ['a map with line breaks', (text: string) => ({ data: `${text}\n` })],
  ])('reads the key, its IV and the IV of a message as %s, and keeps the form', async (_what, form) => {
    const plain = SymmetricKey.parse({ algorithm: 'AES', data: toBase64(bytes) });
    const { ciphertext, extra } = await plain.encrypt(utf8('text'));
    const IV = form(textIn(extra, 'IV'));
    const fields = { algorithm: 'AES', data: form(toBase64(bytes)) };
    const withIv = { ...fields, iv: IV };
    expect(await SymmetricKey.parse(fields).decrypt(ciphertext, { IV })).toEqual(utf8('text'));
    expect(await SymmetricKey.parse(withIv).decrypt(ciphertext, {})).toEqual(utf8('text'));
    expect(SymmetricKey.parse(withIv).toJSON()).toEqual(withIv);
  });

  test('null stands for a field that is absent: some writers have it for what they do not know', async () => {
    const hints = { mode: null, padding: null, keySize: null, iv: null, IV: null };
    const key = read(hints);
    expect(key.toJSON()).toMatchObject(hints);
    const { ciphertext, extra } = await key.encrypt(utf8('text'));
    expect(await key.decrypt(ciphertext, { IV: null, iv: textIn(extra, 'IV') })).toEqual(utf8('text'));
    const old = read({ ...hints, IV: textIn(extra, 'IV') });
    expect(await old.decrypt(ciphertext, { IV: null, iv: null })).toEqual(utf8('text'));
  });

  test('never invents a key', async () => {
    expect(await failureCode(() => SymmetricKey.parse({ algorithm: 'AES' }))).toBe('INPUT_MISSING data');
  });

  test('keeps hints that agree, and unknown fields', () => {
    for (const padding of ['PKCS7', 'pkcs7padding', 'PKCS5Padding']) {
      const fields = { algorithm: 'AES', data, mode: 'cbc', padding, keySize: 32, blockSize: 16, note: ['x'] };
      expect(SymmetricKey.parse(fields).toJSON()).toEqual(fields);
    }
    expect(read({ keySize: '256' }).fields['keySize']).toBe('256');
  });

  test('new keys have 32 bytes and nothing else in the map', async () => {
    const key = await SymmetricKey.generate('AES');
    expect(Object.keys(key.toJSON())).toEqual(['algorithm', 'data']);
    expect(base64(textIn(key.toJSON(), 'data'))).toHaveLength(32);
    expect((await SymmetricKey.generate('AES')).toJSON()).not.toEqual(key.toJSON());
    expect(base64(textIn((await SymmetricKey.generate('AES', { bits: 128 })).toJSON(), 'data'))).toHaveLength(16);
    expect(await failureCode(() => SymmetricKey.generate('AES', { bits: 64 }))).toBe('USAGE_ARGUMENT bits');
  });

  test('arguments of the wrong kind are refused', async () => {
    const key = read({});
    expect(await failureCode(() => key.encrypt('x' as unknown as Uint8Array))).toBe('USAGE_ARGUMENT plaintext');
    expect(await failureCode(() => key.decrypt('x' as unknown as Uint8Array, {}))).toBe('USAGE_ARGUMENT ciphertext');
    expect(await failureCode(() => key.decrypt(new Uint8Array(16), null as unknown as JsonMap))).toBe(
      'USAGE_ARGUMENT extra',
    );
  });
});

describe('sizes', () => {
  const ofLength = (length: number): string => toBase64(new Uint8Array(length).fill(1));
  const key = SymmetricKey.parse({ algorithm: 'AES', data: ofLength(32) });
  const outcomeOf = async (action: () => unknown): Promise<string> => {
    try {
      await action();
      return 'ok';
    } catch (error) {
      return failureCode(() => {
        throw error;
      });
    }
  };

  test.each([0, 15, 16, 17, 23, 24, 25, 31, 32, 33, 64])('a key of %d bytes', async (length) => {
    expect(await outcomeOf(() => SymmetricKey.parse({ algorithm: 'AES', data: ofLength(length) }))).toBe(
      [16, 24, 32].includes(length) ? 'ok' : 'INPUT_KEY data',
    );
  });

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

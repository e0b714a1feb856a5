import { describe, expect, test } from '@jest/globals';
import {
  failureCode,
  hex,
  present,
  PrivateKey,
  PublicKey,
  SymmetricKey,
  symmetricVectors,
  toHex,
  utf8,
} from '../../fixtures.ts';

describe('PLAIN', () => {
  test('returns its input', async () => {
    const key = SymmetricKey.parse({ algorithm: 'PLAIN', note: 1 });
    expect(key.toJSON()).toEqual({ algorithm: 'PLAIN', note: 1 });
    const { ciphertext, extra } = await key.encrypt(utf8('hello'));
    expect(ciphertext).toEqual(utf8('hello'));
    expect(extra).toEqual({});
    expect(await key.decrypt(ciphertext, {})).toEqual(utf8('hello'));
  });

  test('reads its vectors', async () => {
    for (const { key, plaintext_hex, ciphertext } of symmetricVectors.filter(
      (vector) => vector.key['algorithm'] === 'PLAIN',
    )) {
      const bytes = new Uint8Array(Buffer.from(ciphertext, 'base64'));
      expect(toHex(await SymmetricKey.parse(key).decrypt(bytes, {}))).toBe(toHex(hex(plaintext_hex)));
    }
  });

  test('a new one is nothing but its name', async () => {
    expect((await SymmetricKey.generate('PLAIN')).toJSON()).toEqual({ algorithm: 'PLAIN' });
  });

  test('is no key of a person', async () => {
    for (const codec of [PublicKey, PrivateKey]) {
      expect(await failureCode(() => codec.parse({ algorithm: 'PLAIN' }))).toMatch(/^UNSUPPORTED_ALGORITHM/);
    }
  });

  test('refuses what is not bytes', async () => {
    const key = SymmetricKey.parse({ algorithm: 'PLAIN' });
    expect(await failureCode(() => key.encrypt('x' as unknown as Uint8Array))).toBe('USAGE_ARGUMENT plaintext');
    expect(await failureCode(() => key.decrypt('x' as unknown as Uint8Array, {}))).toBe('USAGE_ARGUMENT ciphertext');
  });

  test('works in pieces, in memory of its own', async () => {
    const { startEncryption, startDecryption } = SymmetricKey.parse({ algorithm: 'PLAIN' });
    const encryption = present(startEncryption)();
    expect(encryption.extra).toEqual({});
    for (const cipher of [encryption.cipher, present(startDecryption)({})]) {
      const chunk = utf8('hello');
      const output = await cipher.update(chunk);
      chunk.fill(0);
      expect(output).toEqual(utf8('hello'));
      expect(await cipher.finish()).toEqual(new Uint8Array());
      expect(await failureCode(() => cipher.update('x' as unknown as Uint8Array))).toBe('USAGE_ARGUMENT chunk');
    }
  });
});

import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import type { Key } from 'mkm';
import { PrivateKey, SymmetricKey } from '../fixtures.ts';

const rsa = await PrivateKey.generate('RSA', { bits: 1024 });
const ecc = await PrivateKey.generate('ECC');
const aes = await SymmetricKey.generate('AES');
const plain = await SymmetricKey.generate('PLAIN');

describe.each<[string, Key, string]>([
  ['RSA private', rsa, "RsaPrivateKey { algorithm: 'RSA', bits: 1024 }"],
  ['RSA public', rsa.publicKey, "RsaPublicKey { algorithm: 'RSA', bits: 1024 }"],
  ['ECC private', ecc, "EccPrivateKey { algorithm: 'ECC', curve: 'secp256k1' }"],
  ['ECC public', ecc.publicKey, "EccPublicKey { algorithm: 'ECC', curve: 'secp256k1' }"],
  ['AES', aes, "AesKey { algorithm: 'AES', bits: 256 }"],
  ['PLAIN', plain, "PlainKey { algorithm: 'PLAIN' }"],
])('%s keys', (_name, key, shown) => {
  test('show in logs what they are, never what they hold', () => {
    expect(inspect(key)).toBe(shown);
    expect(inspect({ nested: [key] })).toContain(shown);
    // oxlint-disable-next-line typescript/no-base-to-string -- the classes have a text of their own
    expect(String(key)).toBe(shown);
  });

  test('are written as their map, which cannot be changed', () => {
    expect(key.toJSON()).toBe(key.fields);
    expect(JSON.parse(JSON.stringify(key))).toEqual(key.fields);
    expect(Object.isFrozen(key.fields)).toBe(true);
  });
});

import { inspect } from 'node:util';
import { describe, expect, test } from '@jest/globals';
import { createIdentityContext, type Key } from 'mkm';
import { modernPlugin } from '../../src/modern-plugin.ts';
import { PrivateKey, SymmetricKey } from '../fixtures.ts';

const modern = createIdentityContext({ plugins: [modernPlugin()] });
const rsa = await PrivateKey.generate('RSA', { bits: 1024 });
const ecc = await PrivateKey.generate('ECC');
const aes = await SymmetricKey.generate('AES');
const plain = await SymmetricKey.generate('PLAIN');

const ed25519 = await modern.PrivateKey.generate('ED25519');
const x25519 = await modern.DecryptKey.generate('X25519');
const gcm = await modern.SymmetricKey.generate('AES-GCM');

describe.each<[string, Key]>([
  ['RSA', rsa],
  ['ECC', ecc],
  ['AES', aes],
  ['ED25519', ed25519],
  ['X25519', x25519],
  ['AES-GCM', gcm],
])('a secret key: %s', (_name, key) => {
  test('is not in what others make of the object', () => {
    const { data } = key.toJSON();
    const secret = JSON.stringify(data).slice(-20, -8);
    const shown = [
      JSON.stringify(structuredClone(key)),
      JSON.stringify({ ...key }),
      inspect(key, { customInspect: false, depth: 9, showHidden: true }),
      inspect(structuredClone(key), { depth: 9 }),
    ];
    for (const text of shown) expect(text).not.toContain(secret);
    expect(JSON.stringify(key)).toContain(secret);
  });
});

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

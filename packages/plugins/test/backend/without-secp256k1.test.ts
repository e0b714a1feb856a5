/**
 * A node:crypto that is built without secp256k1, as Electron's and Bun's are: the native backend goes on without it.
 *
 * @jest-environment node
 */
import * as crypto from 'node:crypto';
import { expect, jest, test } from '@jest/globals';
import { createIdentityContext } from 'mkm';

function refuse(): never {
  throw Object.assign(new Error('error:0f00007b:elliptic curve routines:OPENSSL_internal:UNKNOWN_GROUP'), {
    code: 'ERR_OSSL_UNKNOWN_GROUP',
  });
}

const createECDH = jest.fn(refuse);
jest.unstable_mockModule('node:crypto', () => ({
  ...crypto,
  createECDH,
  createPublicKey: ({ key, type }: { key: Buffer; type: string }) =>
    key.includes('2b8104000a', 0, 'hex')
      ? refuse()
      : crypto.createPublicKey({ key, type: type as 'spki', format: 'der' }),
  createPrivateKey: refuse,
  generateKeyPair: refuse,
}));
// Whatever imports the backend comes after that.
const { at, eccVectors, utf8 } = await import('../fixtures.ts');
const { standardPlugin } = await import('../../src/index.ts');
const { nativeBackend } = await import('../../src/native.ts');
const { PrivateKey, PublicKey } = createIdentityContext({ plugins: [standardPlugin({ backend: nativeBackend })] });

test('new keys are made, and sign', async () => {
  const key = await PrivateKey.generate('ECC');
  expect(await key.publicKey.verify(utf8('x'), await key.sign(utf8('x')))).toBe(true);
});

test('keys of others are read, and verify', async () => {
  const vector = at(eccVectors, 0);
  const { data_hex, signature } = at(vector.signatures, 0);
  const key = PublicKey.parse(vector.public);
  const bytes = (text: string, coding: 'hex' | 'base64'): Uint8Array => new Uint8Array(Buffer.from(text, coding));
  expect(await key.verify(bytes(data_hex, 'hex'), bytes(signature, 'base64'))).toBe(true);
  expect(PrivateKey.parse(vector.private).publicKey.data).toEqual(key.data);
});

test('the platform was asked once', () => {
  expect(createECDH).toHaveBeenCalledTimes(1);
});

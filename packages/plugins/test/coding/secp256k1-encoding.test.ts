/** secp256k1 keys as DER: byte for byte what OpenSSL writes. */
import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { expect, test } from '@jest/globals';
import { decodeHex, encodeHex as toHex } from '../../src/coding/hex.ts';
import { compressPoint, readPoint } from '../../src/keys/secp256k1/secp256k1-curve.ts';
import { encodePkcs8, encodeSpki } from '../../src/coding/secp256k1-encoding.ts';

const pair = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
const { x = '', y = '', d = '' } = pair.privateKey.export({ format: 'jwk' });
const bytes = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'base64url'));
const point = Uint8Array.of(4, ...bytes(x), ...bytes(y));

test('a public key is the SPKI of OpenSSL', () => {
  expect(toHex(encodeSpki(point))).toBe(pair.publicKey.export({ type: 'spki', format: 'der' }).toString('hex'));
});

test('a private key is the PKCS#8 of OpenSSL, and holds its public key', () => {
  const der = encodePkcs8(bytes(d), point);
  expect(toHex(der)).toBe(pair.privateKey.export({ type: 'pkcs8', format: 'der' }).toString('hex'));
  const read = createPrivateKey({ key: Buffer.from(der), format: 'der', type: 'pkcs8' });
  expect(read.export({ format: 'jwk' })).toMatchObject({ x, y, d });
});

test('a point keeps the parity of y in its short form', () => {
  const generator = '79be667ef9dcbbac55a06295ce870b07029bfcdb2dce28d959f2815b16f81798';
  for (const form of ['02', '03']) {
    const short = decodeHex(form + generator);
    expect(toHex(compressPoint(readPoint(short)))).toBe(form + generator);
  }
});

/** ECC keys: their maps and forms, signatures, and new keys. */
import { createECDH, generateKeyPairSync } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { PrivateKey as AnyPrivateKey, PublicKey as AnyPublicKey } from 'mkm';
import { bigIntOf, bytesOfBigInt } from '../../../src/coding/big-integers.ts';
import { decodeEcdsaSignature } from '../../../src/keys/secp256k1/ecdsa-signature.ts';
import { encodePem, parsePem } from '../../../src/coding/pem.ts';
import { SECP256K1_ORDER } from '../../../src/keys/secp256k1/secp256k1-curve.ts';
import {
  at,
  base64,
  eccVectors,
  failure,
  failureCode,
  hex,
  present,
  PrivateKey,
  PublicKey,
  rsaVectors,
  textIn,
  toHex,
  utf8,
} from '../../fixtures.ts';
import { bitString, EC_OID, integer, joined, publicPem, sequence, tlv } from '../key-rows.ts';

const vector = at(eccVectors, 0);
const point = vector.public_data_hex;
const scalar = textIn(vector.private_hex_form, 'data');
const readPublic = (data: unknown): AnyPublicKey => PublicKey.parse({ algorithm: 'ECC', data });
const readPrivate = (data: unknown): AnyPrivateKey => PrivateKey.parse({ algorithm: 'ECC', data });

const K1 = hex('06052b8104000a');
const P256 = hex('06082a8648ce3d030107');

function spki(publicPoint: string, curve = K1): string {
  return publicPem(sequence(sequence(EC_OID, curve), bitString(hex(publicPoint))));
}

function sec1(...rest: readonly Uint8Array[]): Uint8Array {
  return sequence(integer(1n), tlv(4, hex(scalar)), ...rest);
}

function pkcs8(version: bigint, inner: Uint8Array, ...rest: readonly Uint8Array[]): string {
  return encodePem('PRIVATE KEY', sequence(integer(version), sequence(EC_OID, K1), tlv(4, inner), ...rest));
}

const named = tlv(0xa0, K1);
const included = tlv(0xa1, bitString(hex(point)));
const foreign = tlv(0xa1, bitString(hex(at(eccVectors, 1).public_data_hex)));

describe.each(eccVectors)('ECC vector $name', (key) => {
  const parse = (): { publicKey: AnyPublicKey; privateKey: AnyPrivateKey } => ({
    publicKey: PublicKey.parse(key.public),
    privateKey: PrivateKey.parse(key.private),
  });

  test('reads the keys in every form', () => {
    const { publicKey, privateKey } = parse();
    expect(publicKey.toJSON()).toEqual(key.public);
    expect(privateKey.toJSON()).toEqual(key.private);
    expect(privateKey.publicKey.toJSON()).toEqual(key.public);
    const compressed = present(key.public_compressed_hex);
    for (const form of [key.public, present(key.public_hex_form), { algorithm: 'ECC', data: compressed }]) {
      expect(toHex(PublicKey.parse(form).data)).toBe(key.public_data_hex);
    }
    expect(toHex(PrivateKey.parse(present(key.private_hex_form)).publicKey.data)).toBe(key.public_data_hex);
    expect(toHex(PublicKey.parse({ ...key.public, compressed: true }).data)).toBe(compressed);
    expect(toHex(PrivateKey.parse({ ...key.private, compressed: true }).publicKey.data)).toBe(compressed);
  });

  test.each(key.signatures)('verifies the signature of message %#, and signs', async ({ data_hex, signature }) => {
    const { publicKey, privateKey } = parse();
    const message = hex(data_hex);
    expect(await publicKey.verify(message, base64(signature))).toBe(true);
    expect(await publicKey.verify(Uint8Array.of(...message, 1), base64(signature))).toBe(false);
    expect(await publicKey.verify(message, await privateKey.sign(message))).toBe(true);
  });
});

describe('ECDSA signatures', () => {
  const readKey = (): AnyPrivateKey => PrivateKey.parse(vector.private);
  const message = utf8('message');
  const der = (r: Uint8Array, s: Uint8Array): Uint8Array => sequence(integer(bigIntOf(r)), integer(bigIntOf(s)));

  test('are written with the low S', async () => {
    const privateKey = readKey();
    for (let count = 0; count < 20; count++) {
      const compact = present(decodeEcdsaSignature(await privateKey.sign(message)));
      expect(bigIntOf(compact.subarray(32)) <= SECP256K1_ORDER / 2n).toBe(true);
    }
  });

  test('are read with the high S, too', async () => {
    const privateKey = readKey();
    const compact = present(decodeEcdsaSignature(await privateKey.sign(message)));
    const high = bytesOfBigInt(SECP256K1_ORDER - bigIntOf(compact.subarray(32)), 32);
    expect(await privateKey.publicKey.verify(message, der(compact.subarray(0, 32), high))).toBe(true);
  });

  test('in any other shape are a plain no', async () => {
    const privateKey = readKey();
    const signature = await privateKey.sign(message);
    const compact = present(decodeEcdsaSignature(signature));
    const [r, s] = [compact.subarray(0, 32), compact.subarray(32)];
    const order = bytesOfBigInt(SECP256K1_ORDER, 32);
    const zero = new Uint8Array(1);
    const longer = (number: Uint8Array): Uint8Array => Uint8Array.of(1, ...number);
    const shapes = [
      new Uint8Array(),
      compact,
      signature.subarray(1),
      Uint8Array.of(...signature, 0),
      Uint8Array.of(0x30, 0x81, ...signature.subarray(1)),
      sequence(tlv(2, joined([zero, zero, r])), integer(bigIntOf(s))),
      sequence(integer(bigIntOf(r))),
      sequence(integer(bigIntOf(r)), integer(bigIntOf(s)), integer(bigIntOf(s))),
      ...[zero, order, longer(r), new Uint8Array(2000).fill(1)].flatMap((wrong) => [der(wrong, s), der(r, wrong)]),
      der(zero, zero),
    ];
    for (const shape of shapes) expect(await privateKey.publicKey.verify(message, shape)).toBe(false);
  });
});

describe('forms of an ECC private key', () => {
  test.each([
    ['PKCS#8 version 0', pkcs8(0n, sec1(included))],
    ['PKCS#8 version 1 with the public key inside', pkcs8(1n, sec1(included))],
    ['PKCS#8 without the public key', pkcs8(0n, sec1())],
    ['PKCS#8 with the curve inside, too', pkcs8(0n, sec1(named, included))],
    ['PKCS#8 with attributes', pkcs8(0n, sec1(), tlv(0xa0, new Uint8Array()))],
    ['PKCS#8 version 1 with the public key outside', pkcs8(1n, sec1(), tlv(0x81, hex(`00${point}`)))],
    ['SEC1', encodePem('EC PRIVATE KEY', sec1(named, included))],
    ['SEC1 without the public key', encodePem('EC PRIVATE KEY', sec1(named))],
    ['SEC1 after its parameters', encodePem('EC PARAMETERS', K1) + encodePem('EC PRIVATE KEY', sec1(named))],
    ['with its public key', `${vector.public.data}${pkcs8(0n, sec1())}`],
    ['hex', scalar],
    ['hex in upper case', scalar.toUpperCase()],
  ])('%s', (_what, data) => {
    expect(toHex(readPrivate(data).publicKey.data)).toBe(point);
  });

  test('reads what OpenSSL writes', async () => {
    const pair = generateKeyPairSync('ec', { namedCurve: 'secp256k1' });
    const written = pair.publicKey.export({ type: 'spki', format: 'pem' });
    for (const type of ['pkcs8', 'sec1'] as const) {
      const key = readPrivate(pair.privateKey.export({ type, format: 'pem' }));
      expect(key.publicKey.toJSON()['data']).toBe(written);
      expect(await readPublic(written).verify(utf8('x'), await key.sign(utf8('x')))).toBe(true);
    }
  });

  test.each([
    ['another public key inside', pkcs8(1n, sec1(foreign)), 'INPUT_KEY'],
    [
      'another public key outside',
      pkcs8(1n, sec1(), tlv(0x81, hex(`00${at(eccVectors, 1).public_data_hex}`))),
      'INPUT_KEY',
    ],
    ['another public key beside it', `${at(eccVectors, 1).public.data}${pkcs8(0n, sec1())}`, 'INPUT_KEY'],
    ['a public key only', vector.public.data, 'INPUT_KEY'],
    ['version 2', pkcs8(2n, sec1()), 'UNSUPPORTED_ALGORITHM'],
    ['SEC1 of no curve', encodePem('EC PRIVATE KEY', sec1(included)), 'INPUT_FORMAT'],
    ['SEC1 of another curve', encodePem('EC PRIVATE KEY', sec1(tlv(0xa0, P256))), 'UNSUPPORTED_ALGORITHM'],
    ['an RSA key', at(rsaVectors, 0).private.data, 'INPUT_FORMAT'],
    ['more than the order', 'ff'.repeat(32), 'INPUT_KEY'],
    ['63 digits', scalar.slice(1), 'INPUT_FORMAT'],
    ['a prefix', `0x${scalar}`, 'INPUT_FORMAT'],
  ])('refuses %s', async (_what, data, code) => {
    const error = await failure(() => readPrivate(data));
    expect(`${error.code} ${error.path}`).toBe(`${code} data`);
    expect(error.message).not.toContain(scalar.slice(2, 10));
  });
});

describe('forms of an ECC public key', () => {
  const compressed = present(vector.public_compressed_hex);

  test.each([
    ['SPKI', spki(point)],
    ['SPKI, compressed', spki(compressed)],
    ['64 bytes', point.slice(2)],
    ['65 bytes in upper case', point.toUpperCase()],
    ['33 bytes', compressed],
  ])('%s', (_what, data) => {
    expect(toHex(readPublic(data).data)).toBe(point);
  });

  test('decompresses both halves of the curve', () => {
    for (let count = 0; count < 20; count++) {
      const ecdh = createECDH('secp256k1');
      ecdh.generateKeys();
      const key = readPublic(ecdh.getPublicKey('hex', 'compressed'));
      expect(toHex(key.data)).toBe(ecdh.getPublicKey('hex'));
    }
  });

  test.each([
    ['64 bytes in SPKI', spki(point.slice(2)), 'INPUT_KEY'],
    ['explicit parameters', spki(point, sequence(integer(1n))), 'UNSUPPORTED_ALGORITHM'],
    ['an RSA key', at(rsaVectors, 0).public.data, 'UNSUPPORTED_ALGORITHM'],
    ['a private key', vector.private.data, 'INPUT_KEY'],
    ['a private key with its public one', vector.public.data + vector.private.data, 'INPUT_KEY'],
    ['two keys', vector.public.data + at(eccVectors, 1).public.data, 'INPUT_KEY'],
    [
      'something after the key',
      encodePem('PUBLIC KEY', Uint8Array.of(...at(parsePem(vector.public.data), 0).der, 0)),
      'INPUT_FORMAT',
    ],
    ['a certificate', vector.public.data.replaceAll('PUBLIC KEY', 'CERTIFICATE'), 'INPUT_FORMAT'],
  ])('refuses %s', async (_what, data, code) => {
    expect(await failureCode(() => readPublic(data))).toBe(`${code} data`);
  });
});

describe('ECC key maps', () => {
  test('hints of another curve or digest, and flags that are none, are refused', async () => {
    for (const [hint, code] of [
      [{ curve: 'P-256' }, 'UNSUPPORTED_ALGORITHM curve'],
      [{ curve: '__proto__' }, 'UNSUPPORTED_ALGORITHM curve'],
      [{ curve: 1 }, 'INPUT_TYPE curve'],
      [{ digest: 'SHA1' }, 'UNSUPPORTED_ALGORITHM digest'],
      [{ compressed: 'perhaps' }, 'INPUT_FORMAT compressed'],
    ] as const) {
      expect(await failureCode(() => PublicKey.parse({ ...vector.public, ...hint }))).toBe(code);
      expect(await failureCode(() => PrivateKey.parse({ ...vector.private, ...hint }))).toBe(code);
    }
  });

  test('hints are optional, in any letter case, and kept with unknown fields', () => {
    const fields = { algorithm: 'ECC', data: point, curve: 'secp256K1', digest: null, compressed: false, note: 1 };
    expect(PublicKey.parse(fields).toJSON()).toEqual(fields);
    const nothing = { ...fields, curve: null, digest: null };
    expect(PublicKey.parse(nothing).toJSON()).toEqual(nothing);
    expect(toHex(readPublic(point).data)).toBe(point);
  });
});

describe('new ECC keys', () => {
  test('have the documented map and can be read again', async () => {
    const key = await PrivateKey.generate('ECC');
    const { data, ...hints } = key.toJSON();
    expect(hints).toEqual({ algorithm: 'ECC', curve: 'SECP256k1', digest: 'SHA256' });
    expect(at(parsePem(textIn({ data: data ?? '' }, 'data')), 0).label).toBe('PRIVATE KEY');
    expect(at(parsePem(textIn(key.publicKey.toJSON(), 'data')), 0).label).toBe('PUBLIC KEY');
    expect(key.publicKey.data).toHaveLength(65);
    const copy = PrivateKey.parse(JSON.parse(JSON.stringify(key)));
    expect(await key.publicKey.verify(utf8('x'), await copy.sign(utf8('x')))).toBe(true);
    expect(toHex((await PrivateKey.generate('ECC')).publicKey.data)).not.toBe(toHex(key.publicKey.data));
  });

  test('have 256 bits', async () => {
    expect((await PrivateKey.generate('ECC', { bits: 256 })).algorithm).toBe('ECC');
    expect(await failureCode(() => PrivateKey.generate('ECC', { bits: 384 }))).toBe('USAGE_ARGUMENT bits');
  });
});

test('ECC signs and does not encrypt', () => {
  expect('encrypt' in PublicKey.parse(vector.public)).toBe(false);
  expect('decrypt' in PrivateKey.parse(vector.private)).toBe(false);
});

test('arguments that are not bytes are refused', async () => {
  const privateKey = PrivateKey.parse(vector.private);
  const wrong = null as unknown as Uint8Array;
  expect(await failureCode(() => privateKey.sign(wrong))).toBe('USAGE_ARGUMENT message');
  expect(await failureCode(() => privateKey.publicKey.verify(wrong, wrong))).toBe('USAGE_ARGUMENT message');
  expect(await failureCode(() => privateKey.publicKey.verify(utf8('x'), wrong))).toBe('USAGE_ARGUMENT signature');
});

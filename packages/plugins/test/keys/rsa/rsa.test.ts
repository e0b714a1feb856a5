/** RSA keys: their maps and forms, signatures, encryption, and new keys. */
import { createPrivateKey, createPublicKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import type { PrivateKey as AnyPrivateKey, PublicKey as AnyPublicKey } from 'mkm';
import { backend } from '#backend';
import { encodePem, parsePem } from '../../../src/coding/pem.ts';
import { rsaAlgorithm } from '../../../src/keys/rsa/rsa.ts';
import { parseRsaPrivateKey } from '../../../src/coding/rsa-components.ts';
import {
  at,
  base64,
  failure,
  failureCode,
  hex,
  present,
  PrivateKey,
  PublicKey,
  rsaVectors,
  toBase64,
  textIn,
  toHex,
  utf8,
} from '../../fixtures.ts';

const vector = at(rsaVectors, 0);
const other = at(rsaVectors, 1);
const readPublic = (data: unknown): AnyPublicKey => PublicKey.parse({ algorithm: 'RSA', data });
const readPrivate = (data: unknown): AnyPrivateKey => PrivateKey.parse({ algorithm: 'RSA', data });
const encrypt = (key: AnyPublicKey, bytes: Uint8Array): unknown => present(key.encrypt).call(key, bytes);
const decrypt = async (key: AnyPrivateKey, bytes: Uint8Array): Promise<Uint8Array> =>
  present(key.decrypt).call(key, bytes);

const spki = at(parsePem(vector.public.data), 0).der;
const pkcs8 = createPrivateKey(vector.private.data).export({ type: 'pkcs8', format: 'pem' });

describe.each(rsaVectors)('RSA vector $name', (key) => {
  const parse = (): { publicKey: AnyPublicKey; privateKey: AnyPrivateKey } => ({
    publicKey: PublicKey.parse(key.public),
    privateKey: PrivateKey.parse(key.private),
  });

  test('reads the keys and keeps their maps', () => {
    const { publicKey, privateKey } = parse();
    expect(publicKey.toJSON()).toEqual(key.public);
    expect(privateKey.toJSON()).toEqual(key.private);
    expect(toHex(publicKey.data)).toBe(key.public_data_hex);
    expect(privateKey.publicKey.toJSON()).toEqual(key.public);
    expect(toHex(privateKey.publicKey.data)).toBe(key.public_data_hex);
    expect(privateKey.publicKey).toBe(privateKey.publicKey);
  });

  test.each(key.signatures)('signs and verifies message %#', async ({ data_hex, signature }) => {
    const { publicKey, privateKey } = parse();
    const message = hex(data_hex);
    expect(await publicKey.verify(message, base64(signature))).toBe(true);
    expect(toBase64(await privateKey.sign(message))).toBe(signature);
    expect(await publicKey.verify(Uint8Array.of(...message, 1), base64(signature))).toBe(false);
  });

  test.each(present(key.encrypted))('decrypts and encrypts plaintext %#', async ({ plaintext_hex, ciphertext }) => {
    const { publicKey, privateKey } = parse();
    expect(toHex(await decrypt(privateKey, base64(ciphertext)))).toBe(plaintext_hex);
    const fresh = (await encrypt(publicKey, hex(plaintext_hex))) as Uint8Array;
    expect(toHex(await decrypt(privateKey, fresh))).toBe(plaintext_hex);
    expect(toBase64(fresh)).not.toBe(ciphertext);
  });
});

describe('RSA signatures', () => {
  const readKey = (): AnyPublicKey => PublicKey.parse(vector.public);
  const { data_hex, signature } = at(vector.signatures, 0);

  test('must have exactly the length of the modulus', async () => {
    const [key, bytes] = [readKey(), base64(signature)];
    for (const wrong of [new Uint8Array(), bytes.subarray(1), Uint8Array.of(0, ...bytes), Uint8Array.of(...bytes, 0)]) {
      expect(await key.verify(hex(data_hex), wrong)).toBe(false);
    }
  });

  test('every changed bit, and the wrong key, is a no', async () => {
    const [key, bytes] = [readKey(), base64(signature)];
    for (let bit = 0; bit < bytes.length * 8; bit += 37) {
      const changed = bytes.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      expect(await key.verify(hex(data_hex), changed)).toBe(false);
    }
    expect(await PublicKey.parse(other.public).verify(hex(data_hex), bytes)).toBe(false);
    expect(await key.verify(hex(data_hex), new Uint8Array(128).fill(255))).toBe(false);
  });
});

describe('RSA encryption', () => {
  test('takes at most 11 bytes less than the modulus', async () => {
    const [publicKey, privateKey] = [PublicKey.parse(vector.public), PrivateKey.parse(vector.private)];
    const longest = new Uint8Array(117).fill(1);
    expect(await decrypt(privateKey, (await encrypt(publicKey, longest)) as Uint8Array)).toEqual(longest);
    expect(await failureCode(() => encrypt(publicKey, new Uint8Array(118)))).toBe('USAGE_ARGUMENT plaintext');
  });
});

describe('forms of an RSA public key', () => {
  const pkcs1 = new Uint8Array(createPublicKey(vector.public.data).export({ type: 'pkcs1', format: 'der' }));

  test('PKCS#1 and SPKI are read under either label, and the data bytes are the DER as in the PEM', () => {
    for (const label of ['PUBLIC KEY', 'RSA PUBLIC KEY']) {
      expect(readPublic(encodePem(label, spki)).data).toEqual(spki);
      expect(readPublic(encodePem(label, pkcs1)).data).toEqual(pkcs1);
    }
  });

  test('both verify the same', async () => {
    const { data_hex, signature } = at(vector.signatures, 1);
    const key = readPublic(encodePem('RSA PUBLIC KEY', pkcs1));
    expect(await key.verify(hex(data_hex), base64(signature))).toBe(true);
  });

  test('the same key twice is one key, two keys are refused', async () => {
    const pem = vector.public.data;
    expect(readPublic(`${pem}\n${encodePem('RSA PUBLIC KEY', pkcs1)}`).data).toEqual(spki);
    expect(await failureCode(() => readPublic(`${pem}\n${other.public.data}`))).toBe('INPUT_KEY data');
  });

  test('a private key is refused and not shown, and a certificate is none', async () => {
    for (const text of [vector.private.data, `${vector.public.data}\n${vector.private.data}`, pkcs8]) {
      const error = await failure(() => readPublic(text));
      expect(`${error.code} ${error.path}`).toBe('INPUT_KEY data');
      expect(error.message.length).toBeLessThan(120);
    }
    const hidden = encodePem('PUBLIC KEY', at(parsePem(vector.private.data), 0).der);
    expect(await failureCode(() => readPublic(hidden))).toBe('INPUT_FORMAT data');
    const certificate = encodePem('CERTIFICATE', spki);
    expect(await failureCode(() => readPublic(certificate))).toBe('INPUT_FORMAT data');
  });
});

describe('forms of an RSA private key', () => {
  test('reads PKCS#8', async () => {
    const key = readPrivate(pkcs8);
    expect(await key.publicKey.verify(utf8('x'), await key.sign(utf8('x')))).toBe(true);
  });

  test('takes the private key of a text that holds both', async () => {
    for (const text of [
      `${vector.public.data}\n${vector.private.data}`,
      `${vector.private.data}\r\n${vector.public.data}`.replaceAll('\n', ''),
    ]) {
      expect(toHex(readPrivate(text).publicKey.data)).toBe(vector.public_data_hex);
    }
  });

  test.each([
    ['the public key of another', `${other.public.data}\n${vector.private.data}`],
    ['two private keys', `${other.private.data}\n${vector.private.data}`],
    ['no private key', vector.public.data],
  ])('refuses %s', async (_what, text) => {
    expect(await failureCode(() => readPrivate(text))).toBe('INPUT_KEY data');
  });
});

describe('RSA key maps', () => {
  test.each([
    ['no data', undefined, 'INPUT_MISSING data'],
    ['null', null, 'INPUT_TYPE data'],
    ['a number', 7, 'INPUT_TYPE data'],
    ['a list', ['x'], 'INPUT_TYPE data'],
    ['empty text', '', 'INPUT_FORMAT data'],
    ['64 Ki characters and one', 'A'.repeat(65_537), 'INPUT_LIMIT data'],
    ['bare base64', toBase64(spki), 'INPUT_FORMAT data'],
  ])('%s', async (_what, data, code) => {
    expect(await failureCode(() => readPublic(data))).toBe(code);
    expect(await failureCode(() => readPrivate(data))).toBe(code);
  });

  test('hints that agree and fields that are unknown are kept', () => {
    const fields = { ...vector.public, digest: 'sha-256', padding: 'PKCS1Padding', sizeInBits: 1024, note: { a: [1] } };
    expect(PublicKey.parse(fields).toJSON()).toEqual(fields);
  });

  test.each([
    [{ digest: 'MD5' }, 'UNSUPPORTED_ALGORITHM digest'],
    [{ digest: 'SHA512' }, 'UNSUPPORTED_ALGORITHM digest'],
    [{ padding: 'none' }, 'UNSUPPORTED_ALGORITHM padding'],
    [{ padding: 'OAEP' }, 'UNSUPPORTED_ALGORITHM padding'],
    [{ digest: 256 }, 'INPUT_TYPE digest'],
  ])('%j is refused', async (hint, code) => {
    expect(await failureCode(() => PublicKey.parse({ ...vector.public, ...hint }))).toBe(code);
    expect(await failureCode(() => PrivateKey.parse({ ...vector.private, ...hint }))).toBe(code);
  });
});

describe('new RSA keys', () => {
  test('have 2048 bits, the exponent 65537 and the documented map', async () => {
    const key = await PrivateKey.generate('RSA');
    const { data, ...hints } = key.toJSON();
    // Some clients take a key for one of 1024 bits that does not say its size, in bytes.
    expect(hints).toEqual({ algorithm: 'RSA', mode: 'ECB', padding: 'PKCS1', digest: 'SHA256', keySize: 256 });
    expect(key.publicKey.toJSON()).toMatchObject({ keySize: 256 });
    const block = at(parsePem(textIn({ data: data ?? '' }, 'data')), 0);
    expect(block.label).toBe('RSA PRIVATE KEY');
    expect(parseRsaPrivateKey(block.der).publicKey).toMatchObject({ exponent: 65537 });
    expect(parseRsaPrivateKey(block.der).publicKey.modulus).toHaveLength(256);
    expect(textIn(key.publicKey.toJSON(), 'data')).toContain('BEGIN PUBLIC KEY');
    const copy = PrivateKey.parse(JSON.parse(JSON.stringify(key)));
    expect(await key.publicKey.verify(utf8('x'), await copy.sign(utf8('x')))).toBe(true);
  });

  test('have the size that is asked for', async () => {
    const key = await PrivateKey.generate('RSA', { bits: 1032 });
    expect(await key.sign(utf8('x'))).toHaveLength(129);
    expect(key.toJSON()).toMatchObject({ keySize: 129 });
  });

  test('are not given out when the platform made smaller ones', async () => {
    const smaller = { ...backend, rsa: { ...backend.rsa, generate: () => backend.rsa.generate(1024) } };
    const { message } = await failure(() => present(rsaAlgorithm(smaller).privateKey).generate({ bits: 1032 }));
    expect(message).toBe('INTERNAL_PLATFORM: this platform makes no RSA keys of 1032 bits');
  });

  test('say their true size on the public key, whatever the private key says', () => {
    const { publicKey } = PrivateKey.parse({ ...vector.private, keySize: 250 });
    expect(publicKey.toJSON()).toMatchObject({ keySize: 128 });
  });

  test.each([0, -1, 512, 1023, 1025, 8193, 16_384, 1e9, 2048.5, Number.NaN])('cannot have %d bits', async (bits) => {
    expect(await failureCode(() => PrivateKey.generate('RSA', { bits }))).toBe('USAGE_ARGUMENT bits');
  });
});

test('arguments that are not bytes are refused', async () => {
  const [publicKey, privateKey] = [PublicKey.parse(vector.public), PrivateKey.parse(vector.private)];
  const wrong = 'text' as unknown as Uint8Array;
  expect(await failureCode(() => publicKey.verify(wrong, wrong))).toBe('USAGE_ARGUMENT message');
  expect(await failureCode(() => publicKey.verify(utf8('x'), wrong))).toBe('USAGE_ARGUMENT signature');
  expect(await failureCode(() => encrypt(publicKey, wrong))).toBe('USAGE_ARGUMENT plaintext');
  expect(await failureCode(() => privateKey.sign(wrong))).toBe('USAGE_ARGUMENT message');
  expect(await failureCode(() => decrypt(privateKey, wrong))).toBe('USAGE_ARGUMENT ciphertext');
});

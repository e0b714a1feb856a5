import { describe, expect, test } from '@jest/globals';
import { hashes } from '@noble/secp256k1';
import { canDecrypt, canEncrypt, createIdentityContext } from 'mkm';
import { standardPlugin } from '../../src/index.ts';
import { backend as native } from '../../src/backend/native/index.ts';
import { backend as portable } from '../../src/backend/portable/index.ts';
import { aesAlgorithm } from '../../src/keys/ciphers/aes-cbc.ts';
import { eccAlgorithm } from '../../src/keys/secp256k1/ecc.ts';
import { rsaAlgorithm } from '../../src/keys/rsa/rsa.ts';
import { nativeBackend } from '../../src/native.ts';
import { portableBackend } from '../../src/portable.ts';
import { at, eccVectors, failureCode, hex, present, rsaVectors, utf8 } from '../fixtures.ts';

test('on Node the platform backend is the native one', async () => {
  const { backend } = await import('#backend');
  expect(backend).toBe(native);
  expect(backend.name).toBe('native');
});

test('both backends have names to be chosen by', () => {
  expect([nativeBackend, portableBackend]).toEqual([native, portable]);
  expect(portableBackend.name).toBe('portable');
});

describe.each([native, portable])('the backend $name', (backend) => {
  test('gives as many random bytes as are asked for, and never the same', () => {
    expect(backend.randomBytes(32)).toHaveLength(32);
    expect(backend.randomBytes(32)).not.toEqual(backend.randomBytes(32));
    expect(Object.getPrototypeOf(backend.randomBytes(5))).toBe(Uint8Array.prototype);
  });

  test('gives more random bytes than a platform does in one call', () => {
    for (const length of [0, 65_536, 65_537, 200_000]) {
      const bytes = backend.randomBytes(length);
      expect(bytes).toHaveLength(length);
      // Nothing was left zero: 32 bytes of zeros do not happen by chance.
      for (let end = length; end >= 32; end -= 1000) expect(bytes.subarray(end - 32, end).some(Boolean)).toBe(true);
    }
  });

  test('gives plain bytes with memory of their own', async () => {
    const key = await present(rsaAlgorithm(backend).privateKey).generate({ bits: 1024 });
    const ecc = await present(eccAlgorithm(backend).privateKey).generate({});
    const aes = await present(aesAlgorithm(backend).symmetricKey).generate({});
    const { ciphertext } = await aes.encrypt(utf8('x'));
    const results = [
      await key.sign(utf8('x')),
      await present(key.publicKey.encrypt).call(key.publicKey, utf8('x')),
      await ecc.sign(utf8('x')),
    ];
    for (const bytes of [...results, ciphertext, ecc.publicKey.data]) {
      expect(Object.getPrototypeOf(bytes)).toBe(Uint8Array.prototype);
      expect(bytes.buffer.byteLength).toBeLessThan(1024);
    }
  });

  test('can be given to the standard plugins: identities, signatures and encryption work', async () => {
    const { PrivateKey, PublicKey, SymmetricKey, Meta } = createIdentityContext({
      plugins: [standardPlugin({ backend })],
    });
    const keys = { RSA: at(rsaVectors, 0), ECC: at(eccVectors, 0) };
    for (const [type, vector] of [
      ['MKM', keys.RSA],
      ['MKM', keys.ECC],
      ['ETH', keys.ECC],
      ['BTC', keys.ECC],
    ] as const) {
      const privateKey = PrivateKey.parse(vector.private);
      const meta = await Meta.generate({ type, privateKey, ...(type === 'MKM' ? { seed: 'name' } : {}) });
      expect(await Meta.parse(meta.toJSON()).verify()).toBe(true);
      expect(await PublicKey.parse(vector.public).verify(utf8('x'), await privateKey.sign(utf8('x')))).toBe(true);
    }
    const [publicKey, privateKey] = [PublicKey.parse(keys.RSA.public), PrivateKey.parse(keys.RSA.private)];
    if (!canEncrypt(publicKey) || !canDecrypt(privateKey)) throw new Error('RSA keys encrypt');
    expect(await privateKey.decrypt(await publicKey.encrypt(hex('0001')))).toEqual(hex('0001'));
    const aes = await SymmetricKey.generate('AES');
    const { ciphertext, extra } = await aes.encrypt(utf8('text'));
    expect(await aes.decrypt(ciphertext, extra)).toEqual(utf8('text'));
  });
});

test('without a secure generator the portable backend makes no keys and signs nothing', async () => {
  const platform = Object.getOwnPropertyDescriptor(globalThis, 'crypto') ?? {};
  const scalar = native.randomBytes(32);
  Object.defineProperty(globalThis, 'crypto', { configurable: true, value: undefined });
  try {
    for (const operation of [
      () => portable.randomBytes(16),
      () => portable.secp256k1.generate(),
      () => portable.secp256k1.privateKey(scalar, new Uint8Array()).sign(utf8('x')),
      () => portable.rsa.generate(1024),
    ]) {
      expect(await failureCode(operation)).toBe('INTERNAL_PLATFORM');
    }
  } finally {
    Object.defineProperty(globalThis, 'crypto', platform);
  }
});

test('the portable backend leaves what others have set in the library for secp256k1', async () => {
  const scalar = native.randomBytes(32);
  const message = utf8('x');
  for (const theirs of [undefined, () => new Uint8Array(32)]) {
    hashes.hmacSha256 = theirs;
    const key = portable.secp256k1.privateKey(scalar, portable.secp256k1.pointOf(scalar));
    expect(
      await native.secp256k1.publicKey(native.secp256k1.pointOf(scalar)).verify(message, await key.sign(message)),
    ).toBe(true);
    expect(hashes.hmacSha256).toBe(theirs);
  }
});

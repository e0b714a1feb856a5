import { describe, expect, test } from '@jest/globals';
import { backend as native } from '../../src/backend/native/index.ts';
import { backend as portable } from '../../src/backend/portable/index.ts';
import { aesAlgorithm } from '../../src/keys/aes-cbc.ts';
import { eccAlgorithm } from '../../src/keys/ecc.ts';
import { rsaAlgorithm } from '../../src/keys/rsa.ts';
import { at, eccVectors, failureCode, present, rsaVectors, utf8 } from '../fixtures.ts';

test('on Node the platform backend is the native one', async () => {
  const { backend } = await import('#backend');
  expect(backend).toBe(native);
  expect(backend.name).toBe('native');
});

test.each([native, portable])('random bytes are as many as asked for, and never the same', (backend) => {
  expect(backend.randomBytes(32)).toHaveLength(32);
  expect(backend.randomBytes(32)).not.toEqual(backend.randomBytes(32));
  expect(Object.getPrototypeOf(backend.randomBytes(5))).toBe(Uint8Array.prototype);
});

test('native key operations give plain bytes with memory of their own', async () => {
  const key = await present(rsaAlgorithm(native).privateKey).generate({ bits: 1024 });
  const ecc = await present(eccAlgorithm(native).privateKey).generate({});
  const aes = await present(aesAlgorithm(native).symmetricKey).generate({});
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

describe('the portable backend', () => {
  test('says that it has no key operations yet', async () => {
    const operations = [
      () => present(rsaAlgorithm(portable).privateKey).generate({}),
      () => present(eccAlgorithm(portable).privateKey).generate({}),
      () =>
        present(rsaAlgorithm(portable).publicKey).read(at(rsaVectors, 0).public).verify(utf8('x'), new Uint8Array(128)),
      () => present(eccAlgorithm(portable).privateKey).read(at(eccVectors, 0).private),
      async () => (await present(aesAlgorithm(portable).symmetricKey).generate({})).encrypt(utf8('x')),
    ];
    for (const operation of operations) expect(await failureCode(operation)).toMatch(/^UNSUPPORTED_ALGORITHM/);
  });

  test('reads public keys', () => {
    for (const vector of rsaVectors) {
      expect(present(rsaAlgorithm(portable).publicKey).read(vector.public).data.length).toBeGreaterThan(128);
    }
  });
});

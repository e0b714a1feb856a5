/** Public keys that were read before are read no more, and nothing that one key object gives out changes another. */
import { expect, jest, test } from '@jest/globals';
import { createIdentityContext, definePlugin, type PublicKey as MkmPublicKey } from 'mkm';
import type { RsaPublicComponents } from '../../src/backend/backend.ts';
import { backend } from '../../src/backend/native/index.ts';
import { eccAlgorithm } from '../../src/keys/secp256k1/ecc.ts';
import { remembered } from '../../src/keys/remembered.ts';
import { rsaAlgorithm } from '../../src/keys/rsa/rsa.ts';
import { PrivateKey, PublicKey } from '../fixtures.ts';

test('a text is read once', () => {
  const read = jest.fn((text: string) => ({ text }));
  const readAgain = remembered(read);
  expect(readAgain('one')).toBe(readAgain('one'));
  expect(readAgain('other')).toEqual({ text: 'other' });
  expect(read).toHaveBeenCalledTimes(2);
});

test('an error is not kept', () => {
  let isWrong = true;
  const read = remembered((text: string) => {
    if (isWrong) throw new Error('wrong');
    return { text };
  });
  expect(() => read('one')).toThrow('wrong');
  isWrong = false;
  expect(read('one')).toEqual({ text: 'one' });
});

test('neither many texts nor long ones are kept', () => {
  const read = jest.fn((text: string) => ({ text }));
  const readAgain = remembered(read);
  for (const text of ['x'.repeat(4097), 'x'.repeat(4097)]) readAgain(text);
  expect(read).toHaveBeenCalledTimes(2);
  for (let index = 0; index <= 1000; index++) readAgain(`key ${index}`);
  readAgain('key 0');
  expect(read).toHaveBeenCalledTimes(2 + 1001 + 1);
});

test.each(['RSA', 'ECC'])('%s keys of one text have bytes of their own', async (algorithm) => {
  const { fields } = (await PrivateKey.generate(algorithm)).publicKey;
  const [one, other] = [PublicKey.parse(fields), PublicKey.parse(fields)];
  const of = ({ data, canonical }: MkmPublicKey): unknown => ({ data: data.slice(), canonical: canonical?.slice() });
  const before = of(other);
  one.data.fill(0);
  one.canonical?.fill(0);
  expect(of(other)).toEqual(before);
  expect(of(PublicKey.parse(fields))).toEqual(before);
});

test('keys of one text are prepared once, and what differs beside the text stays theirs', async () => {
  const rsa = {
    ...backend.rsa,
    publicKey: jest.fn((components: RsaPublicComponents) => backend.rsa.publicKey(components)),
  };
  const secp256k1 = {
    ...backend.secp256k1,
    publicKey: jest.fn((point: Uint8Array) => backend.secp256k1.publicKey(point)),
  };
  const own = { ...backend, rsa, secp256k1 };
  const context = createIdentityContext({ plugins: [definePlugin('own', [rsaAlgorithm(own), eccAlgorithm(own)])] });
  const message = new Uint8Array([1]);
  for (const [algorithm, publicKey] of [
    ['RSA', rsa.publicKey],
    ['ECC', secp256k1.publicKey],
  ] as const) {
    const privateKey = await PrivateKey.generate(algorithm);
    const signature = await privateKey.sign(message);
    for (const name of ['x', 'y']) {
      const key = context.PublicKey.parse({ ...privateKey.publicKey.fields, name });
      expect(await key.verify(message, signature)).toBe(true);
      expect(key.fields['name']).toBe(name);
    }
    expect(publicKey).toHaveBeenCalledTimes(1);
  }
});

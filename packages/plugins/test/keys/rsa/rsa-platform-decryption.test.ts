/** Which decryption an RSA key takes: the platform's only where it gives the answers of our construction. */
import { describe, expect, jest, test } from '@jest/globals';
import { backend } from '../../../src/backend/native/index.ts';
import type { Backend, RsaPrivateOperations } from '../../../src/backend/backend.ts';
import { rsaAlgorithm } from '../../../src/keys/rsa/rsa.ts';
import { utf8 } from '../../fixtures.ts';
import { createIdentityContext, definePlugin } from 'mkm';

type Decrypt = NonNullable<RsaPrivateOperations['decrypt']>;

/** A key on a platform with this decryption. */
async function keyWith(decrypt?: Decrypt) {
  const rsa: Backend['rsa'] = {
    ...backend.rsa,
    privateKey(components) {
      const operations = backend.rsa.privateKey(components);
      return {
        sign: (message) => operations.sign(message),
        rawDecrypt: (ciphertext) => operations.rawDecrypt(ciphertext),
        ...(decrypt && { decrypt }),
      };
    },
  };
  const context = createIdentityContext({ plugins: [definePlugin('rsa', [rsaAlgorithm({ ...backend, rsa })])] });
  return context.DecryptKey.generate('RSA', { bits: 1024 });
}

const wrongPadding = new Uint8Array(128).fill(1);

describe('a platform without our construction is not asked', () => {
  const platforms: Record<string, Decrypt> = {
    'that refuses': () => {
      throw new Error('not supported');
    },
    'that tells of a wrong padding': (ciphertext) => {
      if (ciphertext[0] === 0) throw new Error('wrong padding');
      return utf8('right');
    },
    'that makes other messages up': () => utf8('something else'),
  };

  test.each(Object.keys(platforms))('one %s', async (name) => {
    const decrypt = jest.fn(platforms[name]);
    const key = await keyWith(decrypt);
    const sealed = await key.encryptKey.encrypt(utf8('Hello'));
    expect(await key.decrypt(sealed)).toEqual(utf8('Hello'));
    expect(await key.decrypt(wrongPadding)).toEqual(await key.decrypt(wrongPadding));
    // The probe and no more.
    expect(decrypt).toHaveBeenCalledTimes(1);
  });
});

test('a platform with our construction is asked for everything', async () => {
  const bare = await keyWith();
  // Any that gives the same answers: here, the same key without a platform's decryption.
  const decrypt = jest.fn<Decrypt>((ciphertext) => bare.decrypt(ciphertext));
  const context = createIdentityContext({
    plugins: [
      definePlugin('rsa', [
        rsaAlgorithm({
          ...backend,
          rsa: {
            ...backend.rsa,
            privateKey: (components) => ({ ...backend.rsa.privateKey(components), decrypt }),
          },
        }),
      ]),
    ],
  });
  const key = context.DecryptKey.parse(bare.fields);
  const sealed = await key.encryptKey.encrypt(utf8('Hello'));
  expect(await key.decrypt(sealed)).toEqual(utf8('Hello'));
  expect(await key.decrypt(wrongPadding)).toEqual(await bare.decrypt(wrongPadding));
  expect(decrypt).toHaveBeenCalledTimes(3);
});

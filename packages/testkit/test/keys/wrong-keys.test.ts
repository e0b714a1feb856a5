/** Key algorithms that are wrong: the contract tells of each, in words. */
import { describe } from '@jest/globals';
import { plainAlgorithm } from 'dimplugins';
import type { JsonMap, Key, KeyAlgorithmDefinition } from 'mkm';
import { checkKeyAlgorithm } from '../../src/index.ts';
import { spoiled, testWrong } from '../wrong-definitions.ts';
import { aes, ecc, rsa, withKeys, withoutUnknown, x25519 } from './spoiled-keys.ts';

/** A reader that fails where the map is not that of a key, as one does that was never tried. */
function careless<K extends Key>(part: { read(fields: JsonMap): K } | undefined): { read(fields: JsonMap): K } {
  return {
    read(fields) {
      try {
        if (part !== undefined) return part.read(fields);
      } catch {
        // The error of a platform.
      }
      throw new TypeError('Invalid key');
    },
  };
}

const { publicKey: eccPublic, ...withoutPublicKey } = ecc;
if (!eccPublic) throw new Error('it has one');

const failing = () => {
  throw new RangeError('no such curve');
};
const eccPrivate = await ecc.privateKey?.generate({});
if (!eccPrivate) throw new Error('it has one');

describe('checkKeyAlgorithm', () => {
  testWrong(
    [
      {
        what: 'a private key without its public one',
        definition: withoutPublicKey,
        rules: ['it defines two keys that belong together, or a symmetric key'],
        received: 'privateKey',
      },
      ...(['privateKey', 'decryptKey', 'symmetricKey'] as const).map((name) => {
        const base = { privateKey: ecc, decryptKey: x25519, symmetricKey: aes }[name];
        return {
          what: `a ${name} that is not made`,
          definition: { ...base, [name]: { ...base[name], generate: failing } },
          rules: ['it generates a'],
          received: 'RangeError: no such curve',
        };
      }),
      ...[
        withKeys(ecc, { publicKey: () => ({ algorithm: 'ECDSA' }) }),
        withKeys(x25519, { decryptKey: () => ({ algorithm: 'ECDSA' }) }),
        withKeys(aes, { symmetricKey: () => ({ algorithm: 'ECDSA' }) }),
      ].map((definition) => ({
        what: `another name in the keys of ${definition.algorithm}`,
        definition,
        rules: ['the algorithm is named in the key'],
        received: '"ECDSA"',
      })),
      {
        what: 'a public key without data',
        definition: withKeys(ecc, { publicKey: () => ({ data: new Uint8Array() }) }),
        rules: ['the data bytes of the public key are there'],
        received: '0 bytes',
      },
      {
        what: 'a private key that fails to sign',
        definition: withKeys(ecc, { privateKey: () => ({ sign: failing }) }),
        rules: ['a private key signs'],
        received: 'RangeError: no such curve',
      },
      {
        what: 'a private key without a public one',
        definition: withKeys(ecc, { privateKey: () => ({ publicKey: undefined }) }),
        rules: ['a private key has its public key'],
        received: 'undefined',
      },
      {
        what: 'a key that decrypts without one that encrypts',
        definition: withKeys(x25519, { decryptKey: () => ({ encryptKey: null }) }),
        rules: ['a key that decrypts has the one that encrypts to it'],
        received: 'null',
      },
      {
        what: 'a ciphertext that is text',
        definition: withKeys(x25519, { encryptKey: () => ({ encrypt: () => 'AAAA' }) }),
        rules: ['a ciphertext is bytes'],
        received: '"AAAA"',
      },
      {
        what: 'a message key that gives the ciphertext alone',
        definition: withKeys(aes, { symmetricKey: () => ({ encrypt: (bytes: Uint8Array) => bytes }) }),
        rules: ['encryption gives a ciphertext, and a map of extra fields'],
        received: 'undefined and undefined',
      },
      {
        what: 'a signature that is text',
        definition: withKeys(ecc, { privateKey: () => ({ sign: () => 'AAAA' }) }),
        rules: ['a signature is bytes'],
        received: '"AAAA"',
      },
      {
        what: 'a public key that verifies nothing',
        definition: withKeys(ecc, { publicKey: () => ({ verify: () => false }) }),
        rules: ['a signature is verified by the public key', 'a public key that was written and read is the same key'],
        received: 'false',
      },
      {
        what: 'an answer that is not true',
        definition: withKeys(ecc, {
          publicKey: (key) => ({ verify: async (...of: [Uint8Array, Uint8Array]) => Number(await key.verify(...of)) }),
        }),
        rules: ['a signature is verified by the public key'],
        received: '1',
      },
      {
        what: 'a public key that verifies anything',
        definition: withKeys(ecc, { publicKey: () => ({ verify: () => true }) }),
        rules: [
          'a signature is not good for another message',
          'a signature with byte 0 changed is a plain no',
          '0 bytes that are no signature are a plain no',
        ],
        received: 'true',
      },
      {
        what: 'one key for everybody',
        definition: {
          ...ecc,
          privateKey: {
            read: (fields: JsonMap) => ecc.privateKey?.read(fields) ?? eccPrivate,
            generate: () => eccPrivate,
          },
        },
        rules: ['each generated key is another one'],
        received: 'a key that signs for the same public key',
      },
      {
        what: 'keys that are read as others',
        definition: {
          ...ecc,
          publicKey: { read: () => eccPrivate.publicKey },
          privateKey: { read: () => eccPrivate, generate: () => ecc.privateKey?.generate({}) ?? eccPrivate },
        },
        rules: [
          'a public key that was written and read is the same key',
          'a public key that was written and read keeps unknown fields',
          'a private key that was written and read signs for the same public key',
          'a private key that was written and read keeps unknown fields',
        ],
      },
      {
        what: 'a public key that encrypts what nobody decrypts',
        definition: withKeys(ecc, { publicKey: () => ({ encrypt: (bytes: Uint8Array) => bytes }) }),
        rules: ['the public key encrypts exactly when the private key decrypts'],
        received: 'encrypt alone',
      },
      {
        what: 'a private key that has another to encrypt to it',
        definition: withKeys(rsa, {
          privateKey: () => ({ encryptKey: spoiled(eccPrivate.publicKey, { encrypt: failing }) }),
        }),
        rules: [
          'a private key that decrypts has its public key as the one that encrypts to it, too',
          'a public key encrypts',
        ],
      },
      {
        what: 'a public key that shows the plaintext',
        definition: withKeys(x25519, {
          encryptKey: () => ({ encrypt: (bytes: Uint8Array) => bytes }),
          decryptKey: () => ({ decrypt: (bytes: Uint8Array) => bytes }),
        }),
        rules: ['a ciphertext does not show the plaintext', 'each generated key is another one'],
      },
      {
        what: 'a private key that decrypts to something else',
        definition: withKeys(x25519, {
          decryptKey: () => ({
            decrypt: () => new Uint8Array(23),
          }),
        }),
        rules: ['what was encrypted is decrypted', 'keys that were written and read are the same keys'],
        received: '23 other bytes',
      },
      {
        what: 'a private key that fails with errors of the platform',
        definition: withKeys(x25519, { decryptKey: () => ({ decrypt: failing }) }),
        rules: ['0 bytes that are no ciphertext end with a DimError, if with an error'],
        received: 'RangeError: no such curve',
      },
      {
        what: 'keys that lose what they do not know',
        definition: withKeys(x25519, { encryptKey: withoutUnknown }),
        rules: ['keys that were written and read keep unknown fields'],
        received: 'no field unknown',
      },
      {
        what: 'a message key that fails to encrypt',
        definition: withKeys(aes, { symmetricKey: () => ({ encrypt: failing }) }),
        rules: ['a symmetric key encrypts'],
        received: 'RangeError: no such curve',
      },
      {
        what: 'a message key that decrypts to something else',
        definition: withKeys(aes, {
          symmetricKey: () => ({
            decrypt: () => new Uint8Array(3),
            startDecryption: undefined,
            startEncryption: undefined,
          }),
        }),
        rules: [
          'what was encrypted is decrypted with what encryption wrote',
          'decryption finds what it needs in a whole message',
          'an empty plaintext is encrypted and decrypted',
          'a key that was written and read is the same key',
        ],
        received: '3 bytes',
      },
      {
        what: 'a message key that takes a field of messages',
        definition: withKeys(aes, {
          symmetricKey: (key) => ({
            encrypt: async (bytes: Uint8Array) => {
              const { ciphertext, extra } = await key.encrypt(bytes);
              return { ciphertext, extra: { ...extra, data: 'x', key: 'x' } };
            },
          }),
        }),
        rules: ['encryption writes no field that a message has of its own'],
        received: 'data, key',
      },
      {
        what: 'a message key that loses what it does not know',
        definition: withKeys(aes, { symmetricKey: withoutUnknown }),
        rules: ['a key that was written and read keeps unknown fields'],
        received: 'no field unknown',
      },
      {
        what: 'a message key that fails with errors of the platform',
        definition: withKeys(aes, { symmetricKey: () => ({ decrypt: failing }) }),
        rules: [
          '0 bytes that are no ciphertext end with a DimError, if with an error',
          'decryption without what encryption wrote ends with a DimError, if with an error',
        ],
        received: 'RangeError: no such curve',
      },
      {
        what: 'pieces that are not the whole',
        definition: withKeys(aes, {
          symmetricKey: (key) => ({
            startDecryption: () => ({
              update: () => new Uint8Array(1),
              finish: () => new Uint8Array(key.algorithm.length),
            }),
          }),
        }),
        rules: ['in pieces it gives what it gives in one, both ways'],
      },
      {
        what: 'a message key that says the same each time',
        definition: withKeys(aes, {
          symmetricKey: (key) => ({
            encrypt: (bytes: Uint8Array) => ({
              ciphertext: bytes.map((byte) => byte ^ 1),
              extra: { length: key.algorithm.length },
            }),
            decrypt: (bytes: Uint8Array) => bytes.map((byte) => byte ^ 1),
          }),
        }),
        rules: ['the same plaintext gives another ciphertext each time', 'each generated key is another one'],
      },
      ...[ecc, rsa, x25519, aes].map((base) => ({
        what: `readers of ${base.algorithm} that throw what the platform throws`,
        definition: {
          ...base,
          ...(base.publicKey && { publicKey: careless(base.publicKey) }),
          ...(base.privateKey && { privateKey: { ...base.privateKey, ...careless(base.privateKey) } }),
          ...(base.encryptKey && { encryptKey: careless(base.encryptKey) }),
          ...(base.decryptKey && { decryptKey: { ...base.decryptKey, ...careless(base.decryptKey) } }),
          ...(base.symmetricKey && { symmetricKey: { ...base.symmetricKey, ...careless(base.symmetricKey) } }),
        } as KeyAlgorithmDefinition,
        rules: [`reading {"data":5} as a `],
        received: 'TypeError: Invalid key',
      })),
    ],
    checkKeyAlgorithm,
    [ecc, rsa, x25519, aes, plainAlgorithm()],
    // Those of wrong-signatures.test.ts and wrong-secrets.test.ts.
    [
      ...['signing', 'verifying', 'encryption', 'decryption'].map((action) => `${action} leaves`),
      ...['public key', 'private key', 'symmetric key', 'key that encrypts', 'key that decrypts'].flatMap((key) =>
        ['is written as its map', 'holds no secret', 'keeps its secret'].map((rule) => `a ${key} ${rule}`),
      ),
    ],
  );
});

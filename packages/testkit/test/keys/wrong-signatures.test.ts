/** Keys that look at a part of what they get, or write into it: the contract tells of each, and of the right one. */
import { describe, expect, test } from '@jest/globals';
import type { KeyAlgorithmDefinition } from 'mkm';
import { checkKeyAlgorithm } from '../../src/index.ts';
import { testWrong } from '../wrong-definitions.ts';
import { aes, ecc, withKeys, x25519 } from './spoiled-keys.ts';

type Part = (message: Uint8Array) => Uint8Array;

/** Keys that sign a part of a message. */
const ofPart = (part: Part): KeyAlgorithmDefinition =>
  withKeys(ecc, {
    privateKey: (key) => ({ sign: (message: Uint8Array) => key.sign(part(message)) }),
    publicKey: (key) => ({
      verify: (message: Uint8Array, signature: Uint8Array) => key.verify(part(message), signature),
    }),
  });

/** The action, which writes into the first thing that it gets once it is done. */
const writing =
  <R>(action: (bytes: Uint8Array, ...rest: never[]) => R) =>
  async (bytes: Uint8Array, ...rest: never[]): Promise<Awaited<R>> => {
    const done = await action(bytes, ...rest);
    bytes.fill(0);
    return done;
  };

const ofMore = ['a signature is not good for a message that differs in its last byte'];
const long = 'the signature of 200 bytes is not good with byte';

const inPlace: readonly (readonly [what: string, definition: KeyAlgorithmDefinition, rules: readonly string[]])[] = [
  [
    'a sign',
    withKeys(ecc, { privateKey: (key) => ({ sign: writing((message) => key.sign(message)) }) }),
    ['signing leaves the message as it was'],
  ],
  [
    'a verify',
    withKeys(ecc, {
      publicKey: (key) => ({ verify: writing((message, signature: Uint8Array) => key.verify(message, signature)) }),
    }),
    ['verifying leaves the message and the signature as they were'],
  ],
  [
    'an encrypt',
    withKeys(x25519, { encryptKey: (key) => ({ encrypt: writing((bytes) => key.encrypt(bytes)) }) }),
    ['encryption leaves the plaintext as it was'],
  ],
  [
    'a decrypt',
    withKeys(x25519, { decryptKey: (key) => ({ decrypt: writing((bytes) => key.decrypt(bytes)) }) }),
    ['decryption leaves the ciphertext as it was'],
  ],
  [
    'a message key',
    withKeys(aes, {
      symmetricKey: (key) => ({
        encrypt: writing((bytes) => key.encrypt(bytes)),
        decrypt: writing((bytes, extra: never) => key.decrypt(bytes, extra)),
      }),
    }),
    ['encryption leaves the plaintext as it was', 'decryption leaves the ciphertext as it was'],
  ],
];

describe('checkKeyAlgorithm', () => {
  testWrong(
    [
      ...[4, 20].map((size) => ({
        what: `signatures of the first ${size} bytes`,
        definition: ofPart((message) => message.slice(0, size)),
        rules: [...ofMore, `${long} 199`, 'a signature is not good for a message with one byte more at its end'],
        received: 'true',
      })),
      {
        what: 'signatures of the first 32 bytes',
        definition: ofPart((message) => message.slice(0, 32)),
        rules: [`${long} 100`, `${long} 199`],
        received: 'true',
      },
      {
        what: 'signatures of the last bytes',
        definition: ofPart((message) => message.slice(-16)),
        rules: ['a signature is not good for another message', `${long} 100`],
        received: 'true',
      },
      {
        what: 'signatures that are verified of short messages alone',
        definition: withKeys(ecc, {
          publicKey: (key) => ({
            verify: (message: Uint8Array, signature: Uint8Array) =>
              message.length < 64 && key.verify(message, signature),
          }),
        }),
        rules: ['the signature of 200 bytes is verified by the public key'],
        received: 'false',
      },
      ...inPlace.map(([what, definition, rules]) => ({
        what: `${what} that writes into what it gets`,
        definition,
        rules,
      })),
    ],
    checkKeyAlgorithm,
    [],
  );

  test.each(inPlace)('%s that writes into what it gets is all that is told of', async (_what, definition, rules) => {
    const { failures } = await checkKeyAlgorithm(definition);
    expect(failures.map(({ rule }) => rule)).toEqual(rules);
  });
});

/**
 * Decryption has one failure. Whatever is wrong from the message key to the JSON of the content, the receiver's error is
 * the same in code, path, message and cause: an error that said more would help whoever tries ciphertexts out.
 */
import { describe, expect, test } from '@jest/globals';
import { decryptMessage, verifyMessage, verifyMeta } from 'dkd';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { canDecrypt, createDim } from '../../src/index.ts';
import { encodeBase64 } from '../../src/extend.ts';
import { alice, bob, changed, errorOf, messengerOf } from '../world.ts';
import { encryptedBlock, encryptedBlocks, padded, passwordText, sealed, type BlockFaults } from './sealing.ts';

const receiver = await messengerOf(bob);
const block = (message: string | Uint8Array, faults?: BlockFaults): Uint8Array =>
  encryptedBlock(bob.keys.identity, message, faults);
const CONTENT = '{"type":"1","sn":7,"time":1700000000,"text":"Hello"}';

/** What is sent in the place of the encrypted message key. */
const KEYS: Readonly<Record<string, () => Uint8Array>> = {
  'a block cut by a byte': () => block(passwordText()).subarray(1),
  'a block with a byte more': () => Uint8Array.of(0, ...block(passwordText())),
  'a number that is not below the modulus': () => new Uint8Array(256).fill(255),
  zero: () => new Uint8Array(256),
  one: () => new Uint8Array(256).fill(1, 255),
  'a block of type 1': () => block(passwordText(), { type: 1 }),
  'a block that does not begin with zero': () => block(passwordText(), { first: 1 }),
  'seven bytes of padding': () => block(passwordText(), { zeroAt: 9 }),
  'no end of the padding': () => block(new Uint8Array(), { separator: 1 }),
  'an empty message': () => block(new Uint8Array()),
  'a message that is no UTF-8': () => block(new Uint8Array(80).fill(0xff)),
  'a message that is no JSON': () => block('{"algorithm":"AES"'),
  'JSON null': () => block('null'),
  'a JSON list': () => block(`[${passwordText()}]`),
  'a JSON number': () => block('18446744073709551615'),
  'no algorithm': () => block('{}'),
  'an algorithm that nobody knows': () => block(passwordText().replace('AES', 'ROT13')),
  'an algorithm of another kind': () => block(passwordText().replace('AES', 'RSA')),
  PLAIN: () => block('{"algorithm":"PLAIN"}'),
  'a key of 15 bytes': () => block('{"algorithm":"AES","data":"AAAAAAAAAAAAAAAAAAAA"}'),
  'a key that is no base64': () => block('{"algorithm":"AES","data":"AAA"}'),
  'another key': () => block(passwordText(new Uint8Array(32))),
};

/** What is sent in the place of the encrypted content. */
const DATA: Readonly<Record<string, () => Uint8Array>> = {
  'padding of 0': () => encryptedBlocks(padded(CONTENT, (bytes) => bytes.fill(0, -1))),
  'padding of 17': () => encryptedBlocks(padded(CONTENT, (bytes) => bytes.fill(17, -17))),
  'padding of 255': () => encryptedBlocks(padded(CONTENT, (bytes) => bytes.fill(255, -16))),
  'padding of 32, as blanks': () => encryptedBlocks(padded(CONTENT, (bytes) => bytes.fill(32, CONTENT.length))),
  'padding with a wrong byte': () => encryptedBlocks(padded(CONTENT, (bytes) => bytes.fill(0, -2, -1))),
  'a byte less': () => encryptedBlocks(padded(CONTENT)).subarray(1),
  'a byte more': () => Uint8Array.of(...encryptedBlocks(padded(CONTENT)), 0),
  'the last block cut': () => encryptedBlocks(padded(CONTENT)).subarray(0, -16),
  'a plaintext that is no UTF-8': () => encryptedBlocks(padded(CONTENT, (bytes) => bytes.fill(0xff, 45, 46))),
  'a plaintext that is no JSON': () => encryptedBlocks(padded(CONTENT.slice(0, -1))),
  'no plaintext': () => encryptedBlocks(padded('')),
  'a plaintext that is a list': () => encryptedBlocks(padded(`[${CONTENT}]`)),
  'a plaintext that is a text': () => encryptedBlocks(padded('"Hello"')),
  'a plaintext that is null': () => encryptedBlocks(padded('null')),
};

const goodKey = block(passwordText());
const goodData = encryptedBlocks(padded(CONTENT));

/** All that a caller can see of an error but where it was made. */
function shapeOf(error: Awaited<ReturnType<typeof errorOf>>): unknown {
  const { code, path, reason, message, name, cause } = error;
  return { code, path, reason, message, name, cause, fields: Object.getOwnPropertyNames(error).toSorted() };
}

const open = async (key: Uint8Array | undefined, data: Uint8Array): ReturnType<typeof receiver.open> =>
  receiver.open(await sealed(key, data));
const expected = shapeOf(await errorOf(() => open(new Uint8Array(256), goodData)));

const missingKey = shapeOf(await errorOf(() => open(undefined, goodData)));

describe('decryption has one failure', () => {
  test('and what is right is read', async () => {
    const { content } = await open(goodKey, goodData);
    expect(content.fields['text']).toBe('Hello');
    expect(expected).toMatchObject({ code: 'CRYPTO_DECRYPT', path: '', cause: undefined });
  });

  test.each(Object.entries(KEYS))('the message key is %s', async (_what, key) => {
    expect(shapeOf(await errorOf(() => open(key(), goodData)))).toEqual(expected);
  });

  test.each(Object.entries(DATA))('the content is %s', async (_what, data) => {
    expect(shapeOf(await errorOf(() => open(goodKey, data())))).toEqual(expected);
  });

  test.each([
    ['another IV', 'AAAAAAAAAAAAAAAAAAAAAA=='],
    ['an IV of 15 bytes', 'AAAAAAAAAAAAAAAAAAAA'],
    ['an IV that is null', null],
  ])('%s', async (_what, IV) => {
    const bytes = changed((await sealed(goodKey, goodData)).encode(), { IV });
    expect(shapeOf(await errorOf(() => receiver.unpack(bytes)))).toEqual(expected);
  });

  test.each([
    ['no base64', '@', 'INPUT_FORMAT'],
    ['a number', 7, 'INPUT_TYPE'],
  ])('what anybody can see is said before: an IV that is %s', async (_what, IV, code) => {
    const bytes = changed((await sealed(goodKey, goodData)).encode(), { IV });
    expect(await errorOf(() => receiver.unpack(bytes))).toMatchObject({ code, path: 'IV' });
  });

  test.each(Object.entries(DATA))('with a reused key the content is %s', async (_what, data) => {
    const device = await messengerOf(bob);
    await device.open(await sealed(goodKey, goodData));
    const message = await sealed(undefined, data());
    // Whether the message or its key is wrong, nobody can tell: one shape here, too.
    expect(shapeOf(await errorOf(() => device.open(message)))).toEqual(missingKey);
  });

  test('of many entries for one receiver the first ones are tried', async () => {
    const bytes = (await sealed(goodKey, goodData)).encode();
    const entries = (count: number): object => {
      const names = Array.from({ length: count }, (_, index) => `${bob.id.toString()}/t${index}`);
      const wrong = names.map((name): [string, string] => [name, encodeBase64(block(name))]);
      return Object.fromEntries<string>([...wrong, [`${bob.id.toString()}/last`, encodeBase64(goodKey)]]);
    };
    const { content } = await receiver.unpack(changed(bytes, { keys: entries(15) }));
    expect(content.fields['text']).toBe('Hello');
    const error = await errorOf(() => receiver.unpack(changed(bytes, { keys: entries(16) })));
    // Whose they are stands in the open.
    expect([error.code, error.path]).toEqual(['NOT_RECIPIENT', 'keys']);
  });

  test('a message key that is none leads to as much work as a wrong one', async () => {
    const decrypted: number[] = [];
    const { aesCbc } = platformBackend;
    const backend: Backend = {
      ...platformBackend,
      aesCbc: {
        key(bytes) {
          const operations = aesCbc.key(bytes);
          return {
            ...operations,
            decryptBlocks(iv, blocks) {
              decrypted.push(blocks.length);
              return operations.decryptBlocks(iv, blocks);
            },
          };
        },
      },
    };
    const context = createDim({ plugins: [standardPlugin({ backend })] });
    const identityKey = bob.keys.identity;
    const privateKeys = canDecrypt(identityKey) ? [{ key: identityKey }] : [];
    const sender = await verifyMeta(alice.meta, alice.id);
    for (const key of Object.values(KEYS)) {
      const verified = sender && (await verifyMessage(await sealed(key(), goodData), [sender]));
      if (verified === false) throw new Error('not verified');
      await errorOf(() => decryptMessage(context, verified, { receiver: bob.id, privateKeys }));
    }
    expect(decrypted).toEqual(Object.values(KEYS).map(() => goodData.length));
  });

  test('a plaintext that is a map and no content is another error: it was decrypted', async () => {
    const data = encryptedBlocks(padded('{"type":"1","sn":7,"time":1}'));
    expect(await errorOf(() => open(goodKey, data))).toMatchObject({ code: 'INPUT_MISSING', path: 'content.text' });
  });
});

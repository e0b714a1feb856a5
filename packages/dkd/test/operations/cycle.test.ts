/** The whole way of a message: encrypt, sign, verify, decrypt. */
import { beforeEach, describe, expect, test } from '@jest/globals';
import * as dkd from '../../src/index.ts';
import { decodeBase64, encodeBase64, encodeUtf8, newContentInit } from '../../src/extend.ts';
import {
  ALICE,
  BOB,
  context,
  desktop,
  errorOf,
  fromAlice,
  GROUP,
  helloTo,
  keysOf,
  phone,
  recipient,
  seal,
  signKey,
  verifiedOf,
  verifyWith,
} from '../world.ts';

const content = helloTo();
const instant = fromAlice({ receiver: BOB, time: 1700000000.5 }, content);
let messageKey: dkd.SymmetricKey;
let reliable: dkd.ReliableMessage;

const sealFor = (recipients: dkd.EncryptOptions['recipients'], message = instant) =>
  seal(message, { messageKey, recipients });

async function open(
  message: dkd.ReliableMessage,
  options: Partial<dkd.DecryptOptions> = {},
): Promise<dkd.DecryptedMessage<dkd.Content>> {
  return dkd.decryptMessage(context, await verifiedOf(message), {
    receiver: BOB,
    privateKeys: keysOf(phone),
    ...options,
  });
}

const overTheWire = (map: object) => context.ReliableMessage.decode(encodeUtf8(JSON.stringify(map)));

async function write(): Promise<void> {
  messageKey = await context.SymmetricKey.generate('AES');
  reliable = await sealFor([await recipient(BOB, phone)]);
}

describe('a message to a person', () => {
  beforeEach(write);

  test('arrives as it was written', async () => {
    const decrypted = await open(overTheWire(reliable.toMap()));
    expect(decrypted.message.content.toMap()).toEqual(content.toMap());
    expect(decrypted.message.toMap()).toMatchObject({
      sender: ALICE.toString(),
      receiver: BOB.toString(),
      time: 1700000000.5,
      type: '77',
    });
    expect(decrypted.messageKey?.fields['data']).toBe(messageKey.fields['data']);
  });

  test('shows no content on the wire, and keeps fields that nobody knows', async () => {
    expect(reliable.serialize()).not.toContain('Hello');
    expect(reliable.fields['content']).toBeUndefined();
    const decrypted = await open(overTheWire({ ...reliable.toMap(), hint: { a: 1 } }));
    expect(decrypted.message.fields['hint']).toEqual({ a: 1 });
  });

  test('with another IV does not decrypt, or to the same content: nobody signs the IV', async () => {
    // With a reused key, as trying so many takes less time without RSA.
    const reused = await sealFor('reused');
    const outcomeWith = async (iv: Uint8Array) => {
      const message = overTheWire({ ...reused.toMap(), type: undefined, IV: encodeBase64(iv) });
      return open(message, { reusedKeys: [messageKey] }).then(
        (opened) => opened.message.content.serialize(),
        (error: unknown) => (error instanceof dkd.DimError ? error.code : error),
      );
    };
    const iv = decodeBase64(reused.fields['IV'] as string);
    const outcomes = new Set<unknown>();
    for (let bit = 0; bit < 128; bit++) {
      const changed = iv.slice();
      changed[bit >> 3] = (changed[bit >> 3] ?? 0) ^ (1 << (bit & 7));
      outcomes.add(await outcomeWith(changed));
    }
    // Of a message without a key nothing tells whether it is the key or the message that is wrong.
    expect(outcomes).toEqual(new Set(['MISSING_MESSAGE_KEY']));
    // From blank to line feed.
    expect(await outcomeWith(iv.map((byte) => byte ^ 0x2a))).toBe(content.serialize());
    // What would be another content, were the content's own first byte in the first block.
    const forged = iv.map((byte, index) => byte ^ 0x20 ^ ('{"type":"9","x":'.charCodeAt(index) || 0));
    expect(await outcomeWith(forged)).toBe('MISSING_MESSAGE_KEY');
  });

  test('names the type for stations, in its properties and on the wire', () => {
    expect([reliable.type, reliable.envelope.type, reliable.fields['type']]).toEqual(['77', '77', '77']);
    expect(overTheWire(reliable.toMap()).type).toBe('77');
  });

  test('every message has an IV of its own', async () => {
    const other = await sealFor([await recipient(BOB, phone)]);
    expect(other.fields['IV']).not.toBe(reliable.fields['IV']);
  });

  test('a changed byte of data or signature does not verify, nor does another key', async () => {
    for (const name of ['data', 'signature'] as const) {
      const bytes = decodeBase64(reliable.fields[name] as string);
      for (const index of [0, bytes.length >> 1, bytes.length - 1]) {
        const changed = bytes.with(index, (bytes[index] ?? 0) ^ 1);
        const forged = overTheWire({ ...reliable.toMap(), [name]: encodeBase64(changed) });
        expect(await verifyWith(forged, [signKey])).toBe(false);
      }
    }
    expect(await verifyWith(reliable, [phone, desktop])).toBe(false);
    expect(await verifyWith(reliable, [])).toBe(false);
  });

  test('whatever fails in decryption, the error is the same', async () => {
    const map = reliable.toMap();
    const plain = encodeUtf8('{"algorithm":"PLAIN"}');
    const keys = (value: Uint8Array) => ({ [BOB.toString()]: encodeBase64(value) });
    const { key } = await recipient(BOB, phone);
    const encrypt = async (bytes: Uint8Array) => key.encrypt(bytes);
    const changes: object[] = [
      { keys: keys(new Uint8Array(128)) },
      { keys: keys(new Uint8Array(127)) },
      { keys: keys(await encrypt(encodeUtf8('no JSON'))) },
      { keys: keys(await encrypt(encodeUtf8('[]'))) },
      { keys: keys(await encrypt(plain)) },
      { keys: keys(await encrypt(encodeUtf8('{"algorithm":"NOPE"}'))) },
      {
        keys: keys(
          await encrypt(encodeUtf8(JSON.stringify({ algorithm: 'AES', data: encodeBase64(new Uint8Array(32)) }))),
        ),
      },
      { IV: encodeBase64(new Uint8Array(8)) },
      { IV: encodeBase64(new Uint8Array(16)) },
    ];
    const errors = await Promise.all(
      changes.map(async (change) => errorOf(() => open(overTheWire({ ...map, ...change })))),
    );
    expect(new Set(errors.map((error) => error.message))).toEqual(
      new Set(['CRYPTO_DECRYPT: the message does not decrypt']),
    );
    expect(errors.every((error) => error.cause === undefined)).toBe(true);
    expect((await errorOf(() => open(reliable, { privateKeys: keysOf(desktop) }))).code).toBe('CRYPTO_DECRYPT');
  });

  test('a content that is none is an error of its own', async () => {
    const broken = new dkd.UnknownContent({ ...newContentInit('77', {}), fields: { text: 'no type' } });
    const bad = fromAlice({ receiver: BOB }, broken);
    expect(await errorOf(async () => open(await sealFor([await recipient(BOB, phone)], bad)))).toMatchObject({
      code: 'INPUT_MISSING',
      path: 'content.type',
    });
  });
});

describe('keys', () => {
  beforeEach(write);

  test('each terminal reads with its own key', async () => {
    const message = await sealFor([
      await recipient(BOB.at('phone'), phone),
      await recipient(BOB.at('desktop'), desktop),
    ]);
    expect([...message.keys.keys()]).toEqual([`${BOB.toString()}/phone`, `${BOB.toString()}/desktop`]);
    for (const [receiver, key] of [
      [BOB.at('phone'), phone],
      [BOB.at('desktop'), desktop],
      [BOB, desktop],
    ] as const) {
      const { message: read } = await open(message, { receiver, privateKeys: keysOf(key) });
      expect(read.content.fields['text']).toBe('Hello');
    }
  });

  test('a terminal without an entry of its own finds the bare one, and another terminal of the same user', async () => {
    const { message: bare } = await open(reliable, { receiver: BOB.at('watch') });
    expect(bare.content.fields['text']).toBe('Hello');
    const forPhone = await sealFor([await recipient(BOB.at('phone'), phone)]);
    const { message: other } = await open(forPhone, { receiver: BOB.at('watch') });
    expect(other.content.fields['text']).toBe('Hello');
  });

  test('the older single key is read, and an empty keys counts as none', async () => {
    const map = reliable.toMap();
    const key = Object.values(map['keys'] as object)[0] as string;
    for (const change of [
      { key, keys: undefined },
      { key, keys: {} },
      { key, keys: { digest: 'abc' } },
    ]) {
      const { message } = await open(overTheWire({ ...map, ...change }));
      expect(message.content.fields['text']).toBe('Hello');
    }
  });

  test('a reused key is taken from the caller, and asked for when it is missing', async () => {
    const reused = await sealFor('reused');
    expect([reused.hasKey, reused.fields['keys']]).toEqual([false, undefined]);
    const { message } = await open(reused, { reusedKeys: [messageKey] });
    expect(message.content.fields['text']).toBe('Hello');
    expect((await errorOf(() => open(reused))).code).toBe('MISSING_MESSAGE_KEY');
  });

  test('one ciphertext serves a group, with a key for each member', async () => {
    const toGroup = fromAlice({ receiver: GROUP }, content);
    const message = await sealFor([await recipient(BOB, phone), await recipient(ALICE, desktop)], toGroup);
    for (const [receiver, key] of [
      [BOB, phone],
      [ALICE, desktop],
    ] as const) {
      expect((await open(message, { receiver, privateKeys: keysOf(key) })).message.content.fields['text']).toBe(
        'Hello',
      );
    }
  });
});

describe('broadcasts', () => {
  const broadcast = fromAlice({ receiver: dkd.EVERYONE }, content);

  test('go in the clear, signed', async () => {
    const message = await dkd.signMessage(dkd.broadcastMessage(broadcast), signKey);
    expect([message.data, message.hasKey]).toEqual([content.serialize(), false]);
    const { message: read, messageKey: none } = await open(overTheWire(message.toMap()), { privateKeys: [] });
    expect([read.content.fields['text'], none]).toEqual(['Hello', undefined]);
    const forged = overTheWire({ ...message.toMap(), data: message.data.replace('Hello', 'Hullo') });
    expect(await verifyWith(forged, [signKey])).toBe(false);
  });
});

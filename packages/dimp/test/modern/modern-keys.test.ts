/** The modern algorithms in whole messages and files: what they protect, and that failures stay the same one. */
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import {
  createDim,
  decryptFile,
  decryptFileStream,
  encryptFile,
  encryptFileStream,
  encryptMessage,
  FileContent,
  InstantMessage,
  Envelope,
  MemoryStore,
  Recipient,
  signMessage,
  TextContent,
  verifyDocument,
  verifyMeta,
  type DecryptKey,
  type JsonMap,
  type JsonValue,
  type SymmetricKey,
  type Visa,
} from '../../src/index.ts';
import { changeFields, decodeBase64, encodeBase64, encodeUtf8, textOf } from '../../src/extend.ts';
import { errorOf } from '../context.ts';
import { readyKeys } from '../ready-keys.ts';

const dim = createDim({ plugins: [standardPlugin({ backend: readyKeys }), modernPlugin()] });
const options = { seed: 'modern', algorithm: 'ED25519', visaAlgorithms: ['X25519'] };
const [anna, ben] = await Promise.all([
  dim.createUser({ name: 'Anna', ...options }),
  dim.createUser({ name: 'Ben', ...options }),
]);

async function messengerOf(user: typeof anna, preferred?: readonly string[]) {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  for (const contact of [anna, ben]) await dim.addContact(store, contact);
  return dim.messenger({ self: user.id, store, replay: false, ...(preferred && { messageAlgorithms: preferred }) });
}

const receiver = await messengerOf(ben);
const CIPHERS = ['XSALSA20-POLY1305', 'AES-GCM'] as const;
const openingKey = ben.keys.decrypt[0]?.key as DecryptKey;

describe.each(CIPHERS)('messages of %s', (algorithm) => {
  test('go from one modern client to another', async () => {
    const sender = await messengerOf(anna, [algorithm]);
    const { content, message } = await receiver.unpack(await sender.pack(TextContent.create('Hello'), ben.id));
    expect(content).toMatchObject({ kind: 'text', text: 'Hello' });
    expect(message.sender.equals(anna.id)).toBe(true);
  });

  test('carry a key of that name in a sealed box', async () => {
    const sender = await messengerOf(anna, [algorithm]);
    const packed = JSON.parse(new TextDecoder().decode(await sender.pack(TextContent.create('x'), ben.id))) as JsonMap;
    const [box] = Object.values(packed['keys'] as Record<string, string>);
    const key = JSON.parse(new TextDecoder().decode(await openingKey.decrypt(decodeBase64(box ?? '')))) as JsonMap;
    expect(key['algorithm']).toBe(algorithm);
    expect(decodeBase64(textOf(packed, 'IV'))).toHaveLength(algorithm === 'AES-GCM' ? 12 : 24);
  });

  /** A message of Anna to Ben with something changed before she signs it. */
  async function changed(change: {
    readonly data?: (bytes: Uint8Array) => Uint8Array;
    readonly fields?: (fields: JsonMap, password: SymmetricKey) => JsonMap | Promise<JsonMap>;
    readonly key?: SymmetricKey;
  }) {
    const password = await dim.SymmetricKey.generate(algorithm);
    const message = InstantMessage.create(
      Envelope.create({ sender: anna.id, receiver: ben.id }),
      TextContent.create('Hello'),
    );
    const owner = await verifyMeta(ben.meta, ben.id);
    const visa = owner && (await verifyDocument(ben.visas[0] as Visa, owner));
    const recipient = visa && Recipient.of(visa);
    if (!recipient) throw new Error('no recipient');
    const encrypted = await encryptMessage(dim, message, { messageKey: password, recipients: [recipient] });
    const fields = (await change.fields?.(encrypted.toMap(), password)) ?? encrypted.toMap();
    const bytes = decodeBase64(textOf(fields, 'data'));
    const secure = dim.SecureMessage.parse({ ...fields, data: encodeBase64(change.data?.(bytes) ?? bytes) });
    return receiver.open(await signMessage(secure, anna.keys.identity));
  }

  async function boxed(map: JsonValue | SymmetricKey): Promise<JsonMap> {
    return { [ben.id.toString()]: encodeBase64(await openingKey.encryptKey.encrypt(encodeUtf8(JSON.stringify(map)))) };
  }

  test('are read when nothing was changed', async () => {
    const { content } = await changed({});
    expect(content).toMatchObject({ text: 'Hello' });
  });

  test.each<readonly [string, Parameters<typeof changed>[0]]>([
    ['the first byte of the data', { data: (bytes) => bytes.map((byte, index) => (index === 0 ? byte ^ 1 : byte)) }],
    [
      'the last byte of the data',
      { data: (bytes) => bytes.map((byte, at) => (at === bytes.length - 1 ? byte ^ 1 : byte)) },
    ],
    ['a byte less', { data: (bytes) => bytes.subarray(0, -1) }],
    ['less than a tag', { data: () => new Uint8Array(15) }],
    ['a tag of zeros alone', { data: () => new Uint8Array(16) }],
    ['another nonce', { fields: (fields) => ({ ...fields, IV: 'A'.repeat(textOf(fields, 'IV').length) }) }],
    ['a nonce of AES', { fields: (fields) => ({ ...fields, IV: encodeBase64(new Uint8Array(16)) }) }],
    ['no nonce', { fields: (fields) => changeFields(fields, { IV: undefined }) }],
    ['a nonce of three bytes', { fields: (fields) => ({ ...fields, IV: 'AAAA' }) }],
    [
      'the message key of another message',
      { fields: async (fields) => ({ ...fields, keys: await boxed(await dim.SymmetricKey.generate(algorithm)) }) },
    ],
    [
      'a message key of AES with the same bytes',
      {
        fields: async (fields, password) => ({
          ...fields,
          keys: await boxed({ algorithm: 'AES', data: textOf(password.fields, 'data') }),
        }),
      },
    ],
    [
      'a message key with a byte less',
      {
        fields: async (fields) => ({
          ...fields,
          keys: await boxed({ algorithm, data: encodeBase64(new Uint8Array(23)) }),
        }),
      },
    ],
    ['a message key that is no map', { fields: async (fields) => ({ ...fields, keys: await boxed([1]) }) }],
    [
      'a box that was changed',
      { fields: (fields) => ({ ...fields, keys: { [ben.id.toString()]: encodeBase64(new Uint8Array(200)) } }) },
    ],
  ])('fail with the one error: %s', async (_what, change) => {
    const { code, path, reason, cause } = await errorOf(() => changed(change));
    expect({ code, path, reason, cause }).toEqual({
      code: 'CRYPTO_DECRYPT',
      path: '',
      reason: 'the message does not decrypt',
      cause: undefined,
    });
  });
});

describe.each(CIPHERS)('files of %s', (algorithm) => {
  const bytes = new Uint8Array(1000).map((_, index) => index);

  test('make the round trip through a content, and not with a byte changed', async () => {
    const { data, key } = await encryptFile(bytes, await dim.SymmetricKey.generate(algorithm));
    const content = dim.Content.parse(FileContent.create({ url: 'https://cdn.example.com/1', key }).toMap());
    if (content.kind !== 'file') throw new Error(content.kind);
    const reader = dim.SymmetricKey.parse(content.key);
    expect(Object.keys(key).toSorted()).toEqual(['algorithm', 'data', 'iv']);
    expect(await decryptFile(data, reader)).toEqual(bytes);
    const other = data.map((byte, index) => (index === 500 ? byte ^ 1 : byte));
    expect((await errorOf(() => decryptFile(other, reader))).code).toBe('CRYPTO_DECRYPT');
  });

  test('are not encrypted in pieces: the tag is for the whole', async () => {
    const key = await dim.SymmetricKey.generate(algorithm);
    for (const start of [() => encryptFileStream(key), () => decryptFileStream(key)]) {
      const { code, path, reason } = await errorOf(start);
      expect([code, path, reason]).toEqual([
        'UNSUPPORTED_ALGORITHM',
        'key',
        'keys of this algorithm do not work in pieces',
      ]);
    }
  });
});

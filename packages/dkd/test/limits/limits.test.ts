/** The limits of a context hold wherever a message comes in: as a map, as bytes, and once more after decryption. */
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  createMessageContext,
  decryptMessage,
  encryptMessage,
  Envelope,
  EVERYONE,
  InstantMessage,
  broadcastMessage,
  signMessage,
  stringifyJson,
  type Content,
  type DecryptKey,
  type JsonMap,
  type Limits,
  type MessageContext,
  type PrivateKey,
  type ReliableMessage,
} from '../../src/index.ts';
import { changeFields, encodeUtf8 } from '../../src/extend.ts';
import { encodePackage } from '../../src/packing/message-package.ts';
import { ALICE, BOB, context as generous, errorOf, keysOf, phone, recipient, signKey, verifiedOf } from '../world.ts';

const contextWith = (limits: Partial<Limits>): MessageContext =>
  createMessageContext({ plugins: [standardPlugin()], limits });
const text = (length: number): string => 'a'.repeat(length);
const base64 = (length: number): string => 'A'.repeat(length);
const deep = (levels: number): JsonMap | number => (levels === 0 ? 1 : { a: deep(levels - 1) });
const wide = (values: number): JsonMap => ({ list: Array.from({ length: values - 2 }, () => 0) });
const idOf = (length: number): string => `${ALICE.toString()}/${text(length - ALICE.toString().length - 1)}`;

const SENDER = ALICE.toString();
const CONTENT = { type: '99', sn: 7 };
const SECURE = { sender: SENDER, receiver: BOB.toString(), data: 'AAAA' };
const SIGNED = { ...SECURE, signature: 'AAAA' };

type Row = readonly [
  what: string,
  limit: keyof Limits,
  value: number,
  path: string,
  read: (context: MessageContext, size: number) => unknown,
];

const rows: readonly Row[] = [
  ['the sender', 'idLength', 60, 'sender', ({ Envelope: codec }, n) => codec.parse({ sender: idOf(n) })],
  [
    'the receiver',
    'idLength',
    60,
    'receiver',
    ({ SecureMessage }, n) => SecureMessage.parse({ ...SECURE, receiver: idOf(n) }),
  ],
  [
    'the sender in a package',
    'idLength',
    60,
    'sender',
    ({ Envelope: codec }, n) => codec.decode(encodePackage({ sender: idOf(n) }, { shortNames: true })),
  ],
  [
    'the group of a content',
    'idLength',
    60,
    'group',
    ({ Content: codec }, n) => codec.parse({ ...CONTENT, group: `${text(n - 27)}@everywhere${'/'.padEnd(16, 'a')}` }),
  ],
  [
    'the signature',
    'signatureLength',
    64,
    'signature',
    ({ ReliableMessage: codec }, n) => codec.parse({ ...SIGNED, signature: base64(n) }),
  ],
  [
    'the signature in a package',
    'signatureLength',
    64,
    'signature',
    ({ ReliableMessage: codec }, n) => codec.decode(encodePackage({ ...SIGNED, signature: base64(n) })),
  ],
  [
    'the signature of an envelope',
    'signatureLength',
    64,
    'envelope_proof.signature',
    ({ ReliableMessage: codec }, n) => codec.parse({ ...SIGNED, envelope_proof: { signature: base64(n) } }),
  ],
  [
    'the levels of a content',
    'jsonDepth',
    6,
    'x.a.a.a.a.a',
    ({ Content: codec }, n) => codec.parse({ ...CONTENT, x: deep(n - 1) }),
  ],
  [
    'the levels of an instant message',
    'jsonDepth',
    6,
    'content.x.a.a.a.a',
    ({ InstantMessage: codec }, n) => codec.parse({ sender: SENDER, content: { ...CONTENT, x: deep(n - 2) } }),
  ],
  [
    'the levels of a package',
    'jsonDepth',
    6,
    'x.a.a.a.a.a',
    ({ ReliableMessage: codec }, n) => codec.decode(encodePackage({ ...SIGNED, x: deep(n - 1) })),
  ],
  [
    'the levels of an attached meta',
    'jsonDepth',
    6,
    'meta.a.a.a.a.a',
    ({ ReliableMessage: codec }, n) => codec.parse({ ...SIGNED, meta: deep(n - 1) }),
  ],
  [
    'the values of a content',
    'jsonValues',
    50,
    'x.list',
    ({ Content: codec }, n) => codec.parse({ ...CONTENT, x: wide(n - 3) }),
  ],
  [
    'the values of a package',
    'jsonValues',
    50,
    'x.list',
    ({ SecureMessage: codec }, n) => codec.decode(encodePackage({ ...SECURE, x: wide(n - 4) })),
  ],
  [
    'the entries of keys',
    'jsonValues',
    50,
    'keys',
    ({ SecureMessage: codec }, n) =>
      codec.parse({
        ...SECURE,
        keys: Object.fromEntries(Array.from({ length: n - 5 }, (_, at) => [`k${at}`, 'AAAA'])),
      }),
  ],
  [
    'the data of a message',
    'messageBytes',
    100,
    'data',
    ({ SecureMessage: codec }, n) => codec.parse({ ...SECURE, data: base64(n) }),
  ],
  [
    'the bytes of a package',
    'messageBytes',
    200,
    '',
    ({ Envelope: codec }, n) => codec.decode(encodeUtf8(stringifyJson({ sender: SENDER }).padEnd(n))),
  ],
];

const onePast = (value: number, limit: keyof Limits): number => value + (limit === 'signatureLength' ? 4 : 1);

describe('as a map and as bytes', () => {
  test.each(rows)('the limit is exact for %s: %s %d', async (_what, limit, value, path, read) => {
    const context = contextWith({ [limit]: value });
    expect(() => read(context, value)).not.toThrow();
    const error = await errorOf(() => read(context, onePast(value, limit)));
    expect([error.code, error.path]).toEqual(['INPUT_LIMIT', path]);
  });

  test.each(rows)('%s may be larger where %s is', (_what, limit, value, _path, read) => {
    expect(() => read(contextWith({ [limit]: value + 4 }), value + 4)).not.toThrow();
  });
});

/** What a reader with its own limits makes of a message that a generous writer sent. */
async function receive(
  context: MessageContext,
  message: ReliableMessage,
  privateKeys: readonly (PrivateKey & DecryptKey)[] = [phone],
): Promise<Content> {
  const verified = await verifiedOf(context.ReliableMessage.decode(message.encode()));
  const opened = await decryptMessage(context, verified, { receiver: BOB, privateKeys: keysOf(...privateKeys) });
  return opened.message.content;
}

async function seal(fields: JsonMap, receiver = BOB, messageKeyFields: JsonMap = {}): Promise<ReliableMessage> {
  const envelope = Envelope.create({ sender: ALICE, receiver });
  const instant = InstantMessage.create(envelope, generous.Content.parse(CONTENT), fields);
  if (envelope.isBroadcast) return signMessage(broadcastMessage(instant), signKey);
  const { fields: key } = await generous.SymmetricKey.generate('AES');
  const messageKey = generous.SymmetricKey.parse({ ...key, ...messageKeyFields });
  const recipients = [await recipient(BOB, phone)];
  return signMessage(await encryptMessage(generous, instant, { messageKey, recipients }), signKey);
}

const inside: readonly (readonly [limit: keyof Limits, value: number, fields: (size: number) => JsonMap])[] = [
  ['jsonDepth', 6, (n) => ({ ...CONTENT, x: deep(n - 1) })],
  ['jsonValues', 50, (n) => ({ ...CONTENT, x: wide(n - 3) })],
];

describe('after decryption', () => {
  test.each(inside)('%s %d is exact for a content, without a word of what was wrong', async (limit, value, fields) => {
    const context = contextWith({ [limit]: value });
    expect((await receive(context, await seal(fields(value)))).sn).toBe(7);
    const error = await errorOf(async () => receive(context, await seal(fields(value + 1))));
    expect([error.code, error.path]).toEqual(['CRYPTO_DECRYPT', '']);
    expect((await receive(contextWith({ [limit]: value + 1 }), await seal(fields(value + 1)))).sn).toBe(7);
  });

  test.each(inside)('%s %d is exact for a broadcast, with the place', async (limit, value, fields) => {
    const context = contextWith({ [limit]: value });
    expect((await receive(context, await seal(fields(value), EVERYONE))).sn).toBe(7);
    const error = await errorOf(async () => receive(context, await seal(fields(value + 1), EVERYONE)));
    expect(error.code).toBe('INPUT_LIMIT');
    expect(error.path).toMatch(/^data\.x\./);
  });

  test('a content larger than the default is read where the limits allow it', async () => {
    const sealed = await seal({ ...CONTENT, x: deep(70) });
    expect((await receive(contextWith({ jsonDepth: 71 }), sealed)).sn).toBe(7);
    expect((await errorOf(async () => receive(generous, sealed))).code).toBe('CRYPTO_DECRYPT');
  });

  test('a message key has the same limits', async () => {
    const context = contextWith({ jsonDepth: 4 });
    expect((await receive(context, await seal(CONTENT, BOB, { x: deep(3) }))).sn).toBe(7);
    const error = await errorOf(async () => receive(context, await seal(CONTENT, BOB, { x: deep(4) })));
    expect([error.code, error.path]).toEqual(['CRYPTO_DECRYPT', '']);
    const short = await errorOf(async () => receive(contextWith({ keyLength: 40 }), await seal(CONTENT)));
    expect(short.code).toBe('CRYPTO_DECRYPT');
    expect((await receive(contextWith({ keyLength: 44 }), await seal(CONTENT))).sn).toBe(7);
  });

  test('of all the entries that a message has for one receiver, 16 are tried', async () => {
    const sealed = await seal(CONTENT);
    const [right = ''] = sealed.keys.values();
    const wrongs = (count: number): [string, string][] =>
      Array.from({ length: count }, (_, at) => [
        BOB.at(`t${at}`).toString(),
        Buffer.from([at, ...new Uint8Array(127)]).toString('base64'),
      ]);
    const withKeys = (entries: [string, string][]): ReliableMessage =>
      generous.ReliableMessage.parse(changeFields(sealed.fields, { keys: Object.fromEntries(entries) }));
    let tries = 0;
    const counted = {
      algorithm: phone.algorithm,
      decrypt: (bytes: Uint8Array) => {
        tries++;
        return phone.decrypt(bytes);
      },
    } as PrivateKey & DecryptKey;
    const last: [string, string] = [BOB.at('last').toString(), right];
    expect((await receive(generous, withKeys([...wrongs(15), last]), [counted])).sn).toBe(7);
    expect(tries).toBe(16);
    tries = 0;
    const refused = await errorOf(async () => receive(generous, withKeys([...wrongs(16), last]), [counted]));
    expect([refused.code, tries]).toEqual(['NOT_RECIPIENT', 16]);
  });
});

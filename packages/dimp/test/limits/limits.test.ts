/** The limits of a context in contents, in what they carry, and in what a messenger receives. */
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  createDim,
  EVERYONE,
  stationPlugin,
  TextContent,
  type DimError,
  type JsonMap,
  type JsonValue,
  type Limits,
} from '../../src/index.ts';
import { textOf } from '../../src/extend.ts';
import { alice, bob, changed, dim, errorOf, storeOf } from '../world.ts';
import { COMMON, withNetwork } from '../commands/command-wire.ts';

const contextWith = (limits: Partial<Limits>) => createDim({ plugins: [standardPlugin(), stationPlugin], limits });
type Context = ReturnType<typeof contextWith>;

const TEXT = { type: '1', ...COMMON, text: 'x' };
const DID = alice.id.toString();
const deep = (levels: number): JsonMap | number => (levels === 0 ? 1 : { a: deep(levels - 1) });
const json = (value: JsonValue): string => JSON.stringify(value);

/** A text in so many other contents. */
type Nest = (levels: number) => JsonMap;
const inArrays: Nest = (levels) =>
  levels === 0 ? TEXT : { type: '202', ...COMMON, contents: [TEXT, inArrays(levels - 1)] };
const inForwards: Nest = (levels) =>
  levels === 0
    ? TEXT
    : { type: '207', ...COMMON, title: 'x', messages: [{ sender: DID, content: inForwards(levels - 1) }] };
const inBoth: Nest = (levels) =>
  levels === 0
    ? TEXT
    : levels % 2 === 0
      ? { type: '202', ...COMMON, contents: [inBoth(levels - 1)] }
      : { type: '207', ...COMMON, title: 'x', messages: [{ sender: DID, content: inBoth(levels - 1) }] };

const fromAlice = dim.messenger({ self: alice.id, store: await storeOf(alice) });

describe('contents in contents', () => {
  test.each<[string, Nest]>([
    ['arrays', inArrays],
    ['combined forwards', inForwards],
    ['both in turn', inBoth],
  ])('%s: as deep as a context allows and no deeper', async (_what, nest) => {
    for (const contentDepth of [0, 1, 5]) {
      const { Content } = contextWith({ contentDepth });
      expect(() => Content.parse(nest(contentDepth))).not.toThrow();
      expect((await errorOf(() => Content.parse(nest(contentDepth + 1)))).code).toBe('INPUT_LIMIT');
    }
    expect(() => dim.Content.parse(nest(16))).not.toThrow();
    expect((await errorOf(() => dim.Content.parse(nest(17)))).code).toBe('INPUT_LIMIT');
  });

  test('the place of what is too deep is named', async () => {
    const error = await errorOf(() => contextWith({ contentDepth: 1 }).Content.parse(inArrays(2)));
    expect([error.code, error.path]).toEqual(['INPUT_LIMIT', 'contents[1].contents[0]']);
  });
});

type Row = readonly [what: string, limit: keyof Limits, value: number, path: string, wire: (size: number) => JsonMap];

const idOf = (length: number): string => `${DID}/${'a'.repeat(length - DID.length - 1)}`;
const words = (count: number): string => Array.from({ length: count }, () => 'a').join(' ');
const list = (length: number): readonly string[] => Array.from({ length }, () => DID);
const commandOf = (command: string, fields: JsonMap): JsonMap => ({ type: '136', ...COMMON, command, ...fields });
const DOCUMENT = { did: DID, type: 'visa' };

const rows: readonly Row[] = [
  ['the ID of a name card', 'idLength', 70, 'did', (n) => ({ type: '51', ...COMMON, did: idOf(n) })],
  ['the IDs of a list', 'idLength', 70, 'list[1]', (n) => commandOf('mute', { list: [DID, idOf(n)] })],
  [
    'the levels of an avatar that is JSON text',
    'jsonDepth',
    9,
    `avatar.key${'.a'.repeat(8)}`,
    (n) => ({
      type: '51',
      ...COMMON,
      did: DID,
      avatar: json({ key: deep(n - 1) }),
    }),
  ],
  [
    'the levels of a thumbnail that is JSON text',
    'jsonDepth',
    9,
    `thumbnail.key${'.a'.repeat(8)}`,
    (n) => ({
      type: '18',
      ...COMMON,
      thumbnail: json({ key: deep(n - 1) }),
    }),
  ],
  [
    'the levels of a snapshot that is JSON text',
    'jsonDepth',
    9,
    `snapshot.key${'.a'.repeat(8)}`,
    (n) => ({
      type: '22',
      ...COMMON,
      snapshot: json({ key: deep(n - 1) }),
    }),
  ],
  [
    'the levels of an icon that is JSON text',
    'jsonDepth',
    9,
    `icon.key${'.a'.repeat(8)}`,
    (n) => ({
      type: '32',
      ...COMMON,
      HTML: '',
      icon: json({ key: deep(n - 1) }),
    }),
  ],
  [
    'the levels of a key of a file',
    'jsonDepth',
    9,
    `key${'.a'.repeat(8)}`,
    (n) => ({
      type: '16',
      ...COMMON,
      URL: 'https://example.com/',
      key: deep(n - 1),
    }),
  ],
  [
    'the levels of the data of a document',
    'jsonDepth',
    9,
    `documents[0].data${'.a'.repeat(9)}`,
    (n) => commandOf('documents', { did: DID, documents: [{ ...DOCUMENT, data: json(deep(n)) }] }),
  ],
  [
    'the levels of a profile that is JSON text',
    'jsonDepth',
    9,
    `profile.data${'.a'.repeat(9)}`,
    (n) => commandOf('profile', { did: DID, profile: json(deep(n)) }),
  ],
  [
    'the members of a group command',
    'jsonValues',
    60,
    'members',
    (n) => ({
      type: '137',
      ...COMMON,
      command: 'reset',
      group: 'everyone@everywhere',
      members: list(n - 7),
    }),
  ],
  [
    'the users that a search found',
    'jsonValues',
    60,
    'users',
    (n) => commandOf('search', { keywords: 'x', users: list(n - 7) }),
  ],
  ['the words of a search', 'jsonValues', 60, 'keywords', (n) => commandOf('search', { keywords: words(n) })],
  ['the names to look up', 'jsonValues', 60, 'names', (n) => commandOf('ans', { names: words(n) })],
  [
    'the signature of a message inside',
    'signatureLength',
    64,
    'secrets[0].signature',
    (n) => ({
      type: '255',
      ...COMMON,
      secrets: [{ sender: DID, receiver: DID, data: 'AAAA', signature: 'A'.repeat(n) }],
    }),
  ],
  ['a text', 'messageBytes', 100, 'text', (n) => ({ ...TEXT, text: 'a'.repeat(n) })],
  ['a file inline', 'messageBytes', 100, 'data', (n) => ({ type: '16', ...COMMON, data: 'A'.repeat(n) })],
];
const onePast = (value: number, limit: keyof Limits): number => value + (limit === 'signatureLength' ? 4 : 1);

describe('contents', () => {
  test.each(rows)('the limit is exact for %s: %s %d', async (_what, limit, value, path, wire) => {
    const { Content } = contextWith({ [limit]: value });
    expect(() => Content.parse(wire(value))).not.toThrow();
    const error = await errorOf(() => Content.parse(wire(onePast(value, limit))));
    expect([error.code, error.path]).toEqual(['INPUT_LIMIT', path]);
    expect(() => contextWith({ [limit]: value + 4 }).Content.parse(wire(value + 4))).not.toThrow();
  });

  test('a file inline may be larger than by default where a context allows it', async () => {
    const data = 'A'.repeat(dim.limits.messageBytes + 4);
    const file = { type: '16', ...COMMON, data };
    const { Content } = contextWith({ messageBytes: data.length });
    expect(Content.parse(file)).toMatchObject({ kind: 'file' });
    expect((await errorOf(() => dim.Content.parse(file))).path).toBe('data');
  });
});

describe('a messenger', () => {
  async function receiver(limits: Partial<Limits>): Promise<(bytes: Uint8Array) => Promise<unknown>> {
    const context: Context = contextWith(limits);
    const messenger = context.messenger({ self: bob.id.at('phone'), store: await storeOf(bob), replay: false });
    return async (bytes) => messenger.unpack(bytes);
  }
  const introduced = async (unpack: (bytes: Uint8Array) => Promise<unknown>, bytes: Uint8Array) =>
    (await unpack(bytes)) as { readonly introduction: unknown };
  const refusal = async (unpack: (bytes: Uint8Array) => Promise<unknown>, bytes: Uint8Array): Promise<DimError> =>
    errorOf(async () => unpack(bytes));

  test('reads a package of as many bytes as its context allows', async () => {
    const bytes = await fromAlice.pack(TextContent.create('x'), bob.id);
    await expect((await receiver({ messageBytes: bytes.length }))(bytes)).resolves.toBeDefined();
    expect((await refusal(await receiver({ messageBytes: bytes.length - 1 }), bytes)).code).toBe('INPUT_LIMIT');
  });

  test('reads an attached meta and visa within the limits of its context', async () => {
    const bytes = await fromAlice.pack(TextContent.create('x'), bob.id, { introduce: true });
    const key = textOf(alice.meta.publicKey.fields, 'data').length;
    const visaKey = textOf(alice.visas[0]?.encryptKey?.fields ?? {}, 'data').length;
    await expect((await receiver({ keyLength: Math.max(key, visaKey) }))(bytes)).resolves.toBeDefined();
    // The sender is known: what was attached is not kept, and the message is read.
    const shortKeys = await receiver({ keyLength: Math.min(key, visaKey) - 1 });
    expect((await introduced(shortKeys, bytes)).introduction).toMatchObject({ code: 'INPUT_LIMIT' });
    const data = json(deep(9));
    const withDeepVisa = changed(bytes, { visa: { did: DID, data } });
    expect((await introduced(await receiver({ jsonDepth: 8 }), withDeepVisa)).introduction).toMatchObject({
      code: 'INPUT_LIMIT',
    });
    expect((await introduced(await receiver({ jsonDepth: 9 }), withDeepVisa)).introduction).toMatchObject({
      code: 'CRYPTO_VERIFY',
    });
  });

  test('reads a content within the limits of its context: nested contents are counted after decryption too', async () => {
    const nested = withNetwork.Content.parse(inArrays(3));
    const [secret, broadcast] = await Promise.all([bob.id, EVERYONE].map((to) => fromAlice.pack(nested, to)));
    for (const bytes of [secret, broadcast]) {
      if (bytes === undefined) throw new Error('nothing packed');
      await expect((await receiver({ contentDepth: 3 }))(bytes)).resolves.toBeDefined();
      expect(await refusal(await receiver({ contentDepth: 2 }), bytes)).toMatchObject({
        code: 'INPUT_LIMIT',
        path: 'content.contents[1].contents[1].contents[0]',
      });
    }
  });
});

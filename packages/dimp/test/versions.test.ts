/** The protocol's history, row by row: each old shape is read, alone and mixed with today's; twins that differ are refused. */
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  createDim,
  defineContent,
  type Content,
  definePlugin,
  TransportableData,
  type JsonMap,
  type JsonValue,
} from '../src/index.ts';
import { decodeBase64, encodeUtf8 } from '../src/extend.ts';
import { alice, bob, carol, changed, dim, errorOf, group, mapOf, messengerOf } from './world.ts';

const COMMON = { sn: 7, time: 1700000000.5 };
const read = (map: object) => dim.Content.parse(map);

describe('contents', () => {
  test('types are digits, numbers and words', () => {
    for (const type of ['1', 1, 'text']) expect(read({ ...COMMON, type, text: 'x' }).kind).toBe('text');
    for (const type of ['16', 16, 'file']) expect(read({ ...COMMON, type, URL: 'https://x.y/z' }).kind).toBe('file');
    for (const type of ['51', 51, 'card', 'name_card'])
      expect(read({ ...COMMON, type, did: bob.id.toString(), name: 'B' }).kind).toBe('name-card');
    for (const type of ['136', 136, 'command'])
      expect(read({ ...COMMON, type, command: 'x' }).kind).toBe('unknown-command');
  });

  test.each([
    ['command and cmd', { type: '136', command: 'meta', did: bob.id.toString() }, 'command', 'cmd', 'documents'],
    ['did and ID', { type: '51', did: bob.id.toString(), name: 'Bob' }, 'did', 'ID', carol.id.toString()],
    [
      'key and password',
      { type: '16', URL: 'https://x.y/z', key: { algorithm: 'PLAIN' } },
      'key',
      'password',
      { algorithm: 'AES' },
    ],
  ])('%s: either, both, and not two that differ', async (_name, map: JsonMap, today, older, other) => {
    const value = map[today] ?? '';
    const rest = Object.fromEntries(Object.entries({ ...COMMON, ...map }).filter(([name]) => name !== today));
    const kindOf = (twins: [string, JsonValue][]) => read({ ...rest, ...Object.fromEntries(twins) }).kind;
    const kinds = [
      kindOf([[today, value]]),
      kindOf([[older, value]]),
      kindOf([
        [today, value],
        [older, value],
      ]),
    ];
    expect(new Set(kinds).size).toBe(1);
    expect(kinds[0]).not.toBe('unknown-command');
    expect(
      (
        await errorOf(() =>
          kindOf([
            [today, value],
            [older, other],
          ]),
        )
      ).code,
    ).toBe('INPUT_CONFLICT');
  });

  test('documents were document, and profile with its signature beside it', () => {
    const [visa] = carol.visas;
    const did = carol.id.toString();
    const shapes: JsonMap[] = [
      { command: 'documents', did, documents: [visa?.toMap() ?? {}] },
      { command: 'document', did, document: visa?.toMap() ?? {} },
      { cmd: 'document', ID: did, document: visa?.toMap() ?? {} },
      { cmd: 'profile', ID: did, profile: visa?.data ?? '', signature: (visa?.fields['signature'] as string) ?? '' },
    ];
    for (const shape of shapes) {
      const content = read({ ...COMMON, type: 136, ...shape });
      const documents = content.kind === 'documents' ? content.documents : [];
      expect(documents?.map(({ data }) => data)).toEqual([visa?.data]);
    }
  });

  test('the origin of a receipt was an envelope, and before that flat', () => {
    const origin = { sender: alice.id.toString(), receiver: bob.id.toString(), signature: 'c2ln' };
    const receipt = { ...COMMON, type: '136', command: 'receipt', text: 'got it' };
    for (const shape of [{ origin: { ...origin, sn: 5 } }, { envelope: { ...origin, sn: 5 } }, { ...origin, sn: 5 }]) {
      const content = read({ ...receipt, ...shape });
      const found = content.kind === 'receipt' ? content.origin : undefined;
      expect([found?.sender?.equals(alice.id), found?.receiver?.equals(bob.id), found?.sn, found?.signature]).toEqual([
        true,
        true,
        5,
        'c2ln',
      ]);
    }
  });

  test('encoded data had four forms', () => {
    for (const wire of ['SGk=', 'base64,SGk=', 'data:text/plain;base64,SGk=', { algorithm: 'base64', data: 'SGk=' }]) {
      expect(TransportableData.parse(wire).bytes).toEqual(encodeUtf8('Hi'));
    }
  });
});

describe('metas and documents', () => {
  test('a type is digits, a number, a word, or the version', async () => {
    const { type: _type, ...rest } = carol.meta.toMap();
    for (const spelling of [
      { type: '1' },
      { type: 1 },
      { type: 'mkm' },
      { type: 'MKM' },
      { version: 1 },
      { type: '1', version: 1 },
    ]) {
      expect(await dim.Meta.parse({ ...rest, ...spelling }).verify()).toBe(true);
    }
    expect((await errorOf(() => dim.Meta.parse({ ...rest, type: '1', version: 2 }))).code).toBe('INPUT_CONFLICT');
  });

  test('a document had ID for did, and no type', async () => {
    const { did, type: _type, ...rest } = carol.visas[0]?.toMap() ?? {};
    for (const twins of [{ ID: did }, { did, ID: did }]) {
      const document = dim.Document.parse({ ...rest, ...twins });
      expect([document.type, await document.verify(carol.meta.publicKey)]).toEqual(['visa', true]);
    }
  });
});

describe('messages', () => {
  const content = dim.Content.parse({ ...COMMON, type: '1', text: 'Hello' });

  test('names are long, short, and mixed; S is kept', async () => {
    const packed = await (await messengerOf(alice)).pack(content, carol.id);
    const reader = await messengerOf(carol);
    const { sender, data, signature, ...rest } = mapOf(packed);
    const mixed = { F: sender, D: data, V: signature, S: 'kept', ...rest };
    const { message } = await reader.unpack(encodeUtf8(JSON.stringify(mixed)));
    expect(message.fields['S']).toBe('kept');
    expect(message.content.fields['text']).toBe('Hello');
    expect((await errorOf(() => reader.unpack(changed(packed, { F: bob.id.toString() })))).code).toBe('INPUT_CONFLICT');
  });

  test('keys were one key; an empty keys is none', async () => {
    const packed = await (await messengerOf(alice)).pack(content, carol.id);
    const [key] = Object.values(mapOf(packed)['keys'] as object) as string[];
    for (const shape of [
      { key, keys: undefined },
      { key, keys: {} },
      { K: key, keys: undefined },
    ]) {
      const { message } = await (await messengerOf(carol)).unpack(changed(packed, shape));
      expect(message.content.fields['text']).toBe('Hello');
    }
  });

  test('the IV was in the key, under either name, and before that nowhere', async () => {
    const key = { algorithm: 'AES', data: 'CQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQkJCQk=' };
    const { ciphertext, extra } = await dim.SymmetricKey.parse(key).encrypt(encodeUtf8('Hello'));
    const IV = extra['IV'] ?? '';
    const places: [object, JsonMap][] = [
      [{}, { IV }],
      [{}, { iv: IV }],
      [{ iv: IV }, {}],
      [{ IV }, {}],
      [{ iv: 'AAAAAAAAAAAAAAAAAAAAAA==' }, { IV }],
    ];
    for (const [inKey, inMessage] of places) {
      const plaintext = await dim.SymmetricKey.parse({ ...key, ...inKey }).decrypt(ciphertext, inMessage);
      expect(plaintext).toEqual(encodeUtf8('Hello'));
    }
    // Nowhere at all: 16 zero bytes.
    const older = 'cSn4GAEji2d4OnHQZqQmig==';
    const olderKey = dim.SymmetricKey.parse({ algorithm: 'AES', data: 'wiiYkfDFptfNaUPDbvPjVzW7Ue1jSTItnT7a+AvychY=' });
    expect(await olderKey.decrypt(decodeBase64(older), {})).toEqual(encodeUtf8('zero iv'));
  });

  test('a group message had the group in the content alone, or in the envelope too', async () => {
    const grouped = dim.Content.parse({ ...COMMON, type: 1, text: 'Hello', group: group.id.toString() });
    for (const exposeGroup of [true, false]) {
      const packed = await (await messengerOf(alice)).pack(grouped, carol.id, { exposeGroup });
      expect((await (await messengerOf(carol)).unpack(packed)).group?.equals(group.id)).toBe(true);
    }
  });
});

test('a content whose plugin throws something else than a DimError ends in one, with the cause', async () => {
  const broken = createDim({
    plugins: [
      standardPlugin(),
      definePlugin('broken', [
        defineContent<Content>({
          type: '1001',
          kind: 'broken',
          read() {
            throw new TypeError('bug');
          },
        }),
      ]),
    ],
  });
  const error = await errorOf(() => broken.Content.parse({ ...COMMON, type: '1001' }));
  expect([error.code, error.cause]).toEqual(['INTERNAL_PLUGIN', new TypeError('bug')]);
});

/** For each row of the protocol's history: the old shape is read, and the wireShape's shape is written. */
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import { createDim, EntityType, MemoryStore, TextContent, UnknownContent, type JsonMap } from '../../src/index.ts';
import { contentInShape } from '../../src/extend.ts';
import { alice, bob, carol, dim, errorOf, group, mapOf, messengerOf, storeOf } from '../world.ts';

const COMMON = { sn: 7, time: 1700000000.5 };
const network = (map: object): JsonMap => contentInShape(dim.Content.parse(map).fields, 'deployed');

describe('the shape `deployed` writes old names beside new ones', () => {
  const origin = { sender: alice.id.toString(), receiver: bob.id.toString(), type: '1', sn: 5, signature: 'c2ln' };
  const meta = carol.meta.toMap();
  const visa = carol.visas[0]?.toMap() ?? {};

  test.each<[string, object, object]>([
    ['types are numbers', { ...COMMON, type: '1', text: 'x' }, { ...COMMON, type: 1, text: 'x' }],
    [
      'no field that would tell of another message',
      { ...COMMON, type: '136', command: 'receipt', text: '', receiver: 'x', origin: { sender: origin.sender } },
      {
        ...COMMON,
        type: 136,
        command: 'receipt',
        cmd: 'receipt',
        text: '',
        sender: origin.sender,
        origin: { sender: origin.sender },
        envelope: { sender: origin.sender },
      },
    ],
    [
      'null in an origin takes the place of no number',
      {
        ...COMMON,
        type: '136',
        command: 'receipt',
        text: '',
        origin: { sender: origin.sender, sn: null, signature: null },
      },
      {
        ...COMMON,
        type: 136,
        command: 'receipt',
        cmd: 'receipt',
        text: '',
        sender: origin.sender,
        origin: { sender: origin.sender, sn: null, signature: null },
        envelope: { sender: origin.sender, sn: null, signature: null },
      },
    ],
    [
      'long names and numbers in the contents of a list',
      { ...COMMON, type: '202', contents: [{ T: '136', N: 7, W: 5, C: 'ping' }] },
      { ...COMMON, type: 202, contents: [{ type: 136, sn: 7, time: 5, command: 'ping', cmd: 'ping' }] },
    ],
    [
      'cmd beside command',
      { ...COMMON, type: '136', command: 'ping' },
      { ...COMMON, type: 136, command: 'ping', cmd: 'ping' },
    ],
    [
      'ID beside did in a name card',
      { ...COMMON, type: '51', did: bob.id.toString(), name: 'Bob' },
      { ...COMMON, type: 51, did: bob.id.toString(), ID: bob.id.toString(), name: 'Bob' },
    ],
    [
      'what there is where one of two names has null',
      { ...COMMON, type: '51', did: null, ID: bob.id.toString() },
      { ...COMMON, type: 51, did: bob.id.toString(), ID: bob.id.toString() },
    ],
    [
      'the key of a file where its newer name has null',
      { ...COMMON, type: '16', URL: 'https://x.y/z', key: null, password: { algorithm: 'PLAIN' } },
      { ...COMMON, type: 16, URL: 'https://x.y/z', key: { algorithm: 'PLAIN' }, password: { algorithm: 'PLAIN' } },
    ],
    [
      'a command where its newer name has null',
      { ...COMMON, type: '136', command: null, cmd: 'ping' },
      { ...COMMON, type: 136, command: 'ping', cmd: 'ping' },
    ],
    [
      'password beside key in a file',
      { ...COMMON, type: '16', URL: 'https://x.y/z', key: { algorithm: 'PLAIN' } },
      { ...COMMON, type: 16, URL: 'https://x.y/z', key: { algorithm: 'PLAIN' }, password: { algorithm: 'PLAIN' } },
    ],
    [
      'html beside HTML in a page',
      { ...COMMON, type: '32', HTML: '<p>Hi</p>' },
      { ...COMMON, type: 32, HTML: '<p>Hi</p>', html: '<p>Hi</p>' },
    ],
    [
      'version beside type in a meta',
      { ...COMMON, type: '136', command: 'meta', did: carol.id.toString(), meta },
      {
        ...COMMON,
        type: 136,
        command: 'meta',
        cmd: 'meta',
        did: carol.id.toString(),
        ID: carol.id.toString(),
        meta: { ...meta, type: 1, version: 1 },
      },
    ],
    [
      'a single document, and the command of that name',
      { ...COMMON, type: '136', command: 'documents', did: carol.id.toString(), documents: [visa] },
      {
        ...COMMON,
        type: 136,
        command: 'document',
        cmd: 'document',
        did: carol.id.toString(),
        ID: carol.id.toString(),
        documents: [{ ...visa, ID: visa['did'] }],
        document: { ...visa, ID: visa['did'] },
      },
    ],
    [
      'the fields of a receipt, flat and as envelope',
      { ...COMMON, type: '136', command: 'receipt', text: 'got it', origin },
      {
        ...COMMON,
        type: 136,
        command: 'receipt',
        cmd: 'receipt',
        text: 'got it',
        origin,
        envelope: origin,
        sender: origin.sender,
        receiver: origin.receiver,
        sn: 5,
        signature: 'c2ln',
      },
    ],
    [
      'contents in contents',
      { ...COMMON, type: '202', contents: [{ ...COMMON, type: '1', text: 'x' }] },
      { ...COMMON, type: 202, contents: [{ ...COMMON, type: 1, text: 'x' }] },
    ],
  ])('%s', (_name, today, written) => {
    const map = network(today);
    expect(map).toEqual(written);
    // And whoever reads both shapes reads the same.
    expect(dim.Content.parse(map).kind).toBe(dim.Content.parse(today).kind);
  });

  test('documents in an array have the name that is known there', () => {
    const told = { ...COMMON, type: '136', command: 'documents', did: carol.id.toString(), documents: [visa] };
    const asked = { ...COMMON, type: '136', command: 'documents', did: carol.id.toString() };
    const map = network({ ...COMMON, type: '202', contents: [told, asked] });
    const written = { command: 'documents', cmd: 'documents', did: carol.id.toString(), ID: carol.id.toString() };
    const documents = [{ ...visa, ID: visa['did'] }];
    expect(map['contents']).toEqual([
      { ...COMMON, type: 136, ...written, documents, document: documents[0] },
      { ...COMMON, type: 136, ...written },
    ]);
  });

  test('signed data is never written anew', () => {
    const map = network({ ...COMMON, type: '136', command: 'documents', did: carol.id.toString(), documents: [visa] });
    expect((map['document'] as JsonMap)['data']).toBe(visa['data']);
  });
});

describe('messages', () => {
  const content = TextContent.create('Hello');

  test('network: numbers, no short names, and everybody still reads it', async () => {
    const sender = await messengerOf(alice);
    const packed = await sender.pack(content, bob.id, { wireShape: 'deployed', introduce: true });
    const map = mapOf(packed);
    expect(map).toMatchObject({ type: 1, meta: { type: 4, version: 4 }, visa: { ID: alice.id.toString() } });
    const { content: read } = await (await messengerOf(bob)).unpack(packed);
    expect(read.toMap()).toEqual({ ...content.toMap(), type: 1 });
    const refused = await errorOf(() => sender.pack(content, bob.id, { wireShape: 'deployed', shortNames: true }));
    expect(refused.code).toBe('USAGE_ARGUMENT');
  });

  test('2.0: the digest of a key that is reused is no key', async () => {
    const sender = await messengerOf(alice);
    const reader = await messengerOf(carol);
    const shapes: unknown[] = [];
    for (const wireShape of ['2.0', '2.4', '2.0'] as const) {
      const bytes = await sender.pack(TextContent.create('Hello'), carol.id, { wireShape, reuseKey: true });
      await sender.handedOver(bytes);
      const { key, keys } = mapOf(bytes) as { key?: string; keys?: object };
      shapes.push([typeof key, Object.keys(keys ?? {}).map((name) => (name === 'digest' ? name : 'key'))]);
      expect((await reader.unpack(bytes)).content).toMatchObject({ text: 'Hello' });
    }
    expect(shapes).toEqual([
      ['string', []],
      ['undefined', ['key', 'digest']],
      ['undefined', []],
    ]);
  });

  test('2.0: one key for one receiver, keys for many', async () => {
    const sender = await messengerOf(alice);
    const single = mapOf(await sender.pack(content, carol.id, { wireShape: '2.0' }));
    expect([typeof single['key'], single['keys']]).toEqual(['string', undefined]);
    expect(mapOf(await sender.pack(content, bob.id, { wireShape: '2.0' }))['key']).toBeUndefined();
    const toGroup = TextContent.create('Hello', { group: group.id });
    expect(mapOf(await sender.pack(toGroup, group.id, { wireShape: '2.0' }))['key']).toBeUndefined();
    const { content: read } = await (
      await messengerOf(carol)
    ).unpack(await sender.pack(content, carol.id, { wireShape: '2.0', shortNames: true }));
    expect(read.toMap()).toEqual(content.toMap());
  });

  test('the wireShape of the context holds where a call does not say', async () => {
    const old = createDim({ plugins: [standardPlugin()], wireShape: 'deployed' });
    const messenger = old.messenger({ self: alice.id, store: await storeOf(alice) });
    expect(mapOf(await messenger.pack(content, bob.id))['type']).toBe(1);
    expect(mapOf(await messenger.pack(content, bob.id, { wireShape: '2.4' }))['type']).toBe('1');
  });
});

describe('reading', () => {
  test('network bytes of before version 1 are mapped with the shape `deployed`, and when asked', () => {
    const station = 'gsp@wjcC4PRNwN5AwHJZjJAEQXWdZRUGHrRkcT';
    const type = (options: object) => createDim({ plugins: [standardPlugin()], ...options }).ID.parse(station).type;
    expect(type({ wireShape: 'deployed', legacyNetworks: undefined })).toBe(EntityType.STATION);
    expect([type({}), type({ wireShape: 'deployed' }), type({ legacyNetworks: true })]).toEqual([
      0x88,
      EntityType.STATION,
      EntityType.STATION,
    ]);
    expect(type({ wireShape: 'deployed', legacyNetworks: false })).toBe(0x88);
  });

  test('times are whole, fractions, or text', () => {
    for (const time of [1700000000, 1700000000.25, '1700000000.25']) {
      expect(Math.floor(dim.Content.parse({ type: '99', sn: 1, time }).time ?? 0)).toBe(1700000000);
    }
  });

  test('an unknown content is written as it is in every wireShape but for the number', () => {
    const unknown = dim.Content.parse({ ...COMMON, type: '9999', x: { y: [1] } });
    expect(unknown).toBeInstanceOf(UnknownContent);
    expect(contentInShape(unknown.fields, '2.4')).toBe(unknown.fields);
    expect(contentInShape(unknown.fields, 'deployed')).toEqual({ ...COMMON, type: 9999, x: { y: [1] } });
  });

  test('a store of any wireShape reads the same metas and documents', async () => {
    const store = new MemoryStore();
    const meta = dim.Meta.parse({ ...carol.meta.toMap(), type: 1, version: 1 });
    const { did, ...rest } = carol.visas[0]?.toMap() ?? {};
    const visa = dim.Document.parse({ ...rest, ID: did });
    await dim.addContact(store, { id: carol.id, meta, visas: [visa] });
    expect(store.documents(carol.id).map(({ document }) => document)).toEqual([visa]);
  });
});

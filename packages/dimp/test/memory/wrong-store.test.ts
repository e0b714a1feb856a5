/** A store that gives back what it was never told to keep: it is not believed, and the error says what and of whom. */
import { describe, expect, test } from '@jest/globals';
import { MemoryStore, TextContent, type KeptMessageKey, type ReadState, type Store } from '../../src/index.ts';
import { alice, bob, changed, dim, errorOf, group, mallory, messengerOf, storeOf } from '../world.ts';

describe('a store that is wrong is not believed', () => {
  const reading = (change: Partial<Store>, store = new MemoryStore()) => {
    return { store, wrong: new Proxy(store, { get: (target, name) => pick(target, name, change) }) as Store };
  };
  const pick = (target: MemoryStore, name: string | symbol, change: Partial<Store>): unknown => {
    const value: unknown = name in change ? change[name as keyof Store] : Reflect.get(target, name);
    return typeof value === 'function' ? (value.bind(target) as unknown) : value;
  };

  async function readers(change: Partial<Store>) {
    const { store, wrong } = reading(change);
    await dim.addUser(store, bob);
    await dim.addContact(store, alice);
    return dim.messenger({ self: bob.id, store: wrong });
  }

  test.each<[string, Partial<Store>]>([
    ['the meta of another', { meta: () => ({ meta: mallory.meta, isProven: true }) }],
    ['the map of it', { meta: () => ({ meta: mallory.meta.toMap(), isProven: true }) }],
    ['the visas of another', { documents: () => mallory.visas }],
    [
      'a visa that the owner did not sign',
      {
        documents: () => [
          dim.Document.parse({ ...alice.visas[0]?.toMap(), signature: mallory.visas[0]?.toMap()['signature'] }),
        ],
      },
    ],
  ])('%s', async (_what, change) => {
    const device = await readers(change);
    // With what she attached: where a message brings nothing, documents are not asked for.
    const fromAlice = await (await messengerOf(alice)).pack(TextContent.create('x'), bob.id, { introduce: true });
    const forged = changed(await (await messengerOf(mallory)).pack(TextContent.create('x'), bob.id), {
      sender: alice.id.toString(),
    });
    for (const bytes of [fromAlice, forged])
      expect((await errorOf(() => device.unpack(bytes))).code).toBe('INTERNAL_STORE');
    expect((await errorOf(() => device.pack(TextContent.create('x'), alice.id))).code).toBe('INTERNAL_STORE');
  });

  /** What a row of a database comes to when it is damaged, for each question; and the part of it that the path names. */
  const json = (text: string) => () => JSON.parse(text) as never;
  const damaged: [what: string, change: Partial<Store>, path: string][] = [
    ...['0', 'true', '"x"', '[]', '{}', '{"meta":null}', '{"meta":{}}', '{"meta":"x"}', '{"meta":{"type":"4"}}'].map(
      (text): [string, Partial<Store>, string] => [`meta ${text}`, { meta: json(text) }, 'store.meta'],
    ),
    ...['0', '"x"', '{}', '[{}]', '[null]', '["x"]'].map((text): [string, Partial<Store>, string] => [
      `documents ${text}`,
      { documents: json(text) },
      'store.documents',
    ]),
    ...['0', '"x"', '[]', '{}', '{"decrypt":{}}', '{"decrypt":[null]}', '{"decrypt":[{}]}'].map(
      (text): [string, Partial<Store>, string] => [`keys ${text}`, { keys: json(text) }, 'store.keys'],
    ),
    ['an identity key', { keys: json('{"identity":{"algorithm":"ECC"},"decrypt":[]}') }, 'store.keys.identity'],
    ['a key to decrypt', { keys: json('{"decrypt":[{"key":{"algorithm":"RSA"}}]}') }, 'store.keys.decrypt[0].key'],
  ];

  test.each(damaged)('damaged: %s', async (_what, change, path) => {
    const device = await readers(change);
    const bytes = await (await messengerOf(alice)).pack(TextContent.create('x'), bob.id, { introduce: true });
    const error = await errorOf(() => device.unpack(bytes));
    expect([error.code, error.path.startsWith(path)]).toEqual(['INTERNAL_STORE', true]);
    expect(error.reason).toContain((path.startsWith('store.keys') ? bob : alice).id.toString());
    expect((await errorOf(() => device.pack(TextContent.create('x'), alice.id))).code).toBe('INTERNAL_STORE');
  });

  test('nothing of a key is in the text', async () => {
    const key = { algorithm: 'ECC', data: 'secret-words', 'secret-words': ['secret-words'] };
    const device = await readers({ keys: () => ({ identity: key, decrypt: [] }) });
    const error = await errorOf(() => device.pack(TextContent.create('x'), alice.id));
    expect(error.code).toBe('INTERNAL_STORE');
    expect(error.cause).toBeDefined();
    expect(error.message).not.toContain('secret-words');
  });

  test.each(['{}', '"x"', '["x"]', '[null]', '[{}]'])('members %s', async (text) => {
    const device = await readers({ members: json(text) });
    const content = TextContent.create('x', { group: group.id });
    const error = await errorOf(() => device.pack(content, group.id));
    expect([error.code, error.path]).toEqual(['INTERNAL_STORE', 'store.members']);
    expect(error.reason).toContain(group.id.toString());
  });

  test.each(['{}', '"x"', '[null]', '[null,null]', '["x"]'])('message keys %s', async (text) => {
    const device = await readers({ messageKeys: json(text) });
    const bytes = await (await messengerOf(alice)).pack(TextContent.create('x'), bob.id);
    for (const action of [
      () => device.unpack(bytes),
      () => device.pack(TextContent.create('x'), alice.id, { reuseKey: true }),
    ]) {
      const error = await errorOf(action);
      expect([error.code, error.path]).toEqual(['INTERNAL_STORE', 'store.messageKeys']);
    }
  });

  describe('a message key that cannot be read', () => {
    /** Bob, whose store gives the message keys that it has with others before them, and Alice, who reuses a key. */
    async function pair(spoil: (kept: readonly KeptMessageKey[]) => readonly KeptMessageKey[]) {
      const store = await storeOf(bob);
      const { wrong } = reading({}, store);
      const messageKeys = (...parts: Parameters<Store['messageKeys']>) => spoil(store.messageKeys(...parts));
      const device = dim.messenger({ self: bob.id, store: reading({ messageKeys }, store).wrong });
      const sender = await messengerOf(alice);
      const good = dim.messenger({ self: bob.id, store: wrong });
      const first = await sender.pack(TextContent.create('1'), bob.id, { reuseKey: true });
      await good.unpack(first);
      await sender.handedOver(first);
      return {
        device,
        good,
        first,
        store,
        second: await sender.pack(TextContent.create('2'), bob.id, { reuseKey: true }),
      };
    }
    const spoiledKey = (entry: KeptMessageKey): KeptMessageKey => ({ ...entry, key: {} });

    test('is no obstacle to another that came in', async () => {
      const { device, second } = await pair((kept) => [
        { key: {}, digest: 'x', time: 1 },
        ...kept,
        { key: {}, digest: 'y', time: Number.MAX_SAFE_INTEGER },
      ]);
      expect((await device.unpack(second)).content.fields['text']).toBe('2');
    });

    test('is told of where none can', async () => {
      const { device, second } = await pair((kept) => kept.map(spoiledKey));
      const error = await errorOf(() => device.unpack(second));
      expect([error.code, error.path.startsWith('store.messageKeys')]).toEqual(['INTERNAL_STORE', true]);
    });

    test('is replaced when it comes in again', async () => {
      const { first, store } = await pair((kept) => kept);
      const direction = { sender: alice.id, destination: bob.id };
      const [entry] = store.messageKeys(direction, 'receive');
      if (entry === undefined) throw new Error('the key was not kept');
      store.commit([{ do: 'keep-message-key', direction, use: 'receive', entry: spoiledKey(entry) }]);
      const device = dim.messenger({ self: bob.id, store, replay: false });
      await device.unpack(first);
      expect(store.messageKeys(direction, 'receive')).toMatchObject([{ digest: entry.digest, key: entry.key }]);
    });

    test('is told of where it is the one to send with', async () => {
      const { device, good } = await pair((kept) => kept.map(spoiledKey));
      await good.pack(TextContent.create('x'), alice.id, { reuseKey: true });
      const error = await errorOf(() => device.pack(TextContent.create('x'), alice.id, { reuseKey: true }));
      expect([error.code, error.path.startsWith('store.messageKeys')]).toEqual(['INTERNAL_STORE', true]);
    });
  });

  test('an answer about a read mark that says nothing is no message', async () => {
    const device = await readers({ readState: () => JSON.parse('false') as ReadState });
    const bytes = await (await messengerOf(alice)).pack(TextContent.create('x'), bob.id);
    expect((await errorOf(() => device.unpack(bytes))).code).toBe('INTERNAL_STORE');
  });

  test('an error of its own arrives as it is', async () => {
    const device = await readers({
      meta: () => {
        throw new RangeError('no such table');
      },
    });
    const bytes = await (await messengerOf(alice)).pack(TextContent.create('x'), bob.id);
    await expect(device.unpack(bytes)).rejects.toThrow(RangeError);
  });
});

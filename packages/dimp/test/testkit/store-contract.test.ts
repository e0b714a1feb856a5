/** The contract of stores: those that keep what they are told pass, and what is wrong with the others is told. */
import { describe, expect, test } from '@jest/globals';
import {
  MemoryStore,
  TextContent,
  type Change,
  type ID,
  type KeptMessageKey,
  type KeyDirection,
  type MessageKeyUse,
  type ReadMark,
  type ReadState,
  type Store,
} from '../../src/index.ts';
import { assertContract, checkStore } from '../../src/testkit/index.ts';
import { NaiveStore } from '../trust/identities.ts';
import { alice, bob, changed, dim, errorOf, group, mallory, messengerOf, storeOf } from '../world.ts';

describe('checkStore', () => {
  test('passes a store in memory', async () => {
    const report = await checkStore({ dim, open: () => new MemoryStore() });
    assertContract(report);
    expect(report.checked.length).toBeGreaterThan(15);
  });

  test('passes a store that only stores, also over a restart', async () => {
    const reopen = (store: Store) => {
      const opened = new NaiveStore();
      for (const [key, text] of (store as NaiveStore).rows) opened.rows.set(key, text);
      return opened;
    };
    assertContract(await checkStore({ dim, open: () => new NaiveStore(), reopen }));
  });

  /** The store with some of its methods replaced. */
  const spoiled = (change: (store: NaiveStore) => Partial<Record<keyof Store, unknown>>) => () => {
    const store = new NaiveStore();
    const changes = change(store);
    return new Proxy(store, {
      get(target, name) {
        const value: unknown = name in changes ? changes[name as keyof Store] : Reflect.get(target, name);
        return typeof value === 'function' ? (value.bind(target) as unknown) : value;
      },
    }) as Store;
  };
  const lowerCase = (id: ID) => dim.ID.create({ name: id.name?.toLowerCase() ?? 'none', address: id.address });

  /** What a commit does beside what it was told to do, once it was told to forget an ID. */
  const forgetting = (kind: string) =>
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        await store.commit(changes);
        if (!changes.some((change) => change.do === 'forget')) return;
        for (const key of store.rows.keys()) if (key.startsWith(kind)) store.rows.delete(key);
      },
    }));
  /** Each change as another, on its way into the store. */
  const changing = (change: (told: Change) => Change) =>
    spoiled((store) => ({ commit: async (changes: readonly Change[]) => store.commit(changes.map(change)) }));
  const failing = (error: Error, isDue: (changes: readonly Change[]) => boolean) =>
    spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        if (isDue(changes)) throw error;
        return store.commit(changes);
      },
    }));

  test.each<[string, () => Store, string, string?]>([
    [
      'a column that compares without case',
      spoiled((store) => ({ meta: (id: ID) => store.meta(lowerCase(id)) })),
      'other names and addresses do, in each letter',
    ],
    [
      'a key with the terminal in it',
      spoiled((store) => ({ meta: (id: ID) => (id.terminal === undefined ? store.meta(id) : null) })),
      'terminals make no difference to whose something is',
    ],
    [
      'changes one by one, without a transaction',
      spoiled((store) => ({
        commit: async (changes: readonly Change[]) => {
          for (const change of changes) await store.commit([change]);
        },
      })),
      'of a commit that fails nothing is kept, whatever stands before and after',
    ],
    [
      'marks without a unique index',
      spoiled((store) => ({
        commit: async (changes: readonly Change[]) => store.commit(changes).catch(() => undefined),
      })),
      'a mark is made once: the second commit fails with INPUT_REPLAY',
    ],
    [
      'marks of all readers in one',
      spoiled((store) => ({
        readState: (mark: ReadMark) => store.readState({ ...mark, reader: bob.id }),
      })),
      'what was read is known as read, for its reader and no other',
    ],
    [
      'one message key for both uses',
      spoiled((store) => ({
        messageKeys: (direction: Parameters<Store['messageKeys']>[0]) => [
          ...(store.messageKeys(direction, 'send') ?? []),
          ...(store.messageKeys(direction, 'receive') ?? []),
        ],
      })),
      'keys to send with are none that came in, nor those of another direction',
    ],
    [
      'the last message key only',
      spoiled((store) => ({
        messageKeys: (...parts: Parameters<Store['messageKeys']>) => (store.messageKeys(...parts) ?? []).slice(-1),
      })),
      'message keys come back, several of a direction, with all that was said of them',
    ],
    [
      'marks that are forgotten with their sender',
      forgetting('mark'),
      'what is not forgotten with an ID stays',
      'its read marks are gone',
    ],
    [
      'private keys that are forgotten too',
      forgetting('keys'),
      'what is not forgotten with an ID stays',
      'its private keys are gone',
    ],
    [
      'members that are forgotten too',
      forgetting('members'),
      'what is not forgotten with an ID stays',
      'the members of its groups are gone',
    ],
    [
      'documents that are not forgotten',
      changing((change) => (change.do === 'forget' ? { ...change, id: mallory.id } : change)),
      'what is forgotten of an ID is gone: meta, documents, message keys',
      'its meta is still there; its documents are still there; the message keys to it are still there; the message keys from it are still there',
    ],
    [
      'ids of marks that are compared without case',
      spoiled((store) => ({
        readState: (mark: ReadMark) => store.readState({ ...mark, id: mark.id.toLowerCase() }),
        commit: async (changes: readonly Change[]) =>
          store.commit(
            changes.map((change) =>
              change.do === 'mark-read'
                ? { ...change, mark: { ...change.mark, id: change.mark.id.toLowerCase() } }
                : change,
            ),
          ),
      })),
      'read marks differ in each letter',
    ],
    [
      'ids of marks with an index that compares without case',
      changing((change) =>
        change.do === 'mark-read' ? { ...change, mark: { ...change.mark, id: change.mark.id.toLowerCase() } } : change,
      ),
      'read marks differ in each letter',
      'it threw INPUT_REPLAY: the message was read before',
    ],
    [
      'groups that are compared without case',
      spoiled((store) => ({ members: (id: ID) => store.members(lowerCase(id)) })),
      'other names and addresses do, in each letter',
    ],
    [
      'members that are compared without case',
      changing((change) => {
        if (change.do !== 'set-members') return change;
        const members = new Map(change.members.map((member) => [member.entityKey.toLowerCase(), member]));
        return { ...change, members: [...members.values()] };
      }),
      'the members of a group come back in their order, whatever the case of their letters',
    ],
    [
      'digests of message keys that are compared without case',
      spoiled((store) => ({
        messageKeys: (...parts: Parameters<Store['messageKeys']>) => {
          const kept = new Map((store.messageKeys(...parts) ?? []).map((entry) => [entry.digest.toLowerCase(), entry]));
          return [...kept.values()];
        },
      })),
      'the digests of message keys differ in each letter',
    ],
    [
      'IDs of message keys that are compared without case',
      spoiled((store) => ({
        messageKeys: ({ sender, destination }: KeyDirection, use: MessageKeyUse) =>
          store.messageKeys({ sender: sender.name === undefined ? sender : lowerCase(sender), destination }, use),
      })),
      'message keys are of one direction, in each letter of its IDs',
    ],
    [
      'three message keys of a direction',
      spoiled((store) => ({
        messageKeys: (...parts: Parameters<Store['messageKeys']>) => (store.messageKeys(...parts) ?? []).slice(-3),
      })),
      'all of the 8 message keys that a direction may have come back',
      'expected 8; got 3',
    ],
    [
      'times of message keys in whole seconds',
      changing((change) =>
        change.do === 'keep-message-key'
          ? { ...change, entry: { ...change.entry, time: Math.round(change.entry.time) } }
          : change,
      ),
      'message keys come back, several of a direction, with all that was said of them',
    ],
    [
      'the error of a database where a mark is there already',
      spoiled((store) => ({
        commit: async (changes: readonly Change[]) =>
          store.commit(changes).catch(() => {
            throw new RangeError('UNIQUE constraint failed');
          }),
      })),
      'a mark is made once: the second commit fails with INPUT_REPLAY',
      'expected a DimError INPUT_REPLAY; got RangeError: UNIQUE constraint failed',
    ],
    [
      'a commit that throws',
      failing(new RangeError('no such table'), () => true),
      'an identity, its private keys and a group can be kept',
      'it threw RangeError: no such table',
    ],
    [
      'a commit that cannot forget',
      failing(new RangeError('no such column'), (changes) => changes.some((change) => change.do === 'forget')),
      'an ID can be forgotten',
      'it threw RangeError: no such column',
    ],
    [
      'a pin that is never replaced',
      spoiled((store) => ({
        commit: async (changes: readonly Change[]) => {
          const seen = new Set<string>();
          await store.commit(
            changes.filter((change) => {
              if (change.do !== 'pin-meta') return true;
              if (seen.has(change.id.entityKey)) return false;
              seen.add(change.id.entityKey);
              return true;
            }),
          );
        },
      })),
      'the pin of an ID is replaced by the next one',
    ],
  ])('tells of %s', async (_what, open, expectation, ...[reason]) => {
    const { failures } = await checkStore({ dim, open });
    const failure = failures.find((each) => each.expectation === expectation);
    expect(failure).toBeDefined();
    expect(failure?.reason).not.toBe('it is not so');
    expect(failure?.reason).toBe(reason ?? failure?.reason);
  });

  test('says what it expected, and what it got', async () => {
    const open = changing((change) => (change.do === 'set-members' ? { ...change, members: [mallory.id] } : change));
    const { failures } = await checkStore({ dim, open });
    const [reason] = failures.filter(({ expectation }) => expectation.endsWith('as a whole')).map((one) => one.reason);
    expect(reason).toMatch(/^expected [^ ;]+; got /);
    expect(reason).toContain(`got ${mallory.id.toString()}`);
  });

  test('tells of a store that forgets at a restart', async () => {
    const { failures } = await checkStore({ dim, open: () => new MemoryStore(), reopen: () => new MemoryStore() });
    expect(failures.length).toBeGreaterThan(5);
    expect(failures[0]).toEqual({
      expectation: 'what was committed is there after a restart',
      reason: 'the store that `reopen` gave is empty',
    });
  });
});

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

/** The contract of stores: those that keep what they are told pass, and what is wrong with the others is told. */
import { describe, expect, test } from '@jest/globals';
import {
  MemoryStore,
  TextContent,
  type Change,
  type ID,
  type ReadMark,
  type ReadState,
  type Store,
} from '../../src/index.ts';
import { assertContract, checkStore } from '../../src/testkit/index.ts';
import { NaiveStore } from '../trust/identities.ts';
import { alice, bob, changed, dim, errorOf, mallory, messengerOf } from '../world.ts';

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

  test.each<[string, () => Store, string]>([
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
      spoiled((store) => ({
        commit: async (changes: readonly Change[]) => {
          await store.commit(changes);
          if (!changes.some((change) => change.do === 'forget')) return;
          for (const key of store.rows.keys()) if (key.startsWith('mark')) store.rows.delete(key);
        },
      })),
      'what is forgotten of an ID is gone, its read marks are not, and others are untouched',
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
  ])('tells of %s', async (_what, open, expectation) => {
    const { failures } = await checkStore({ dim, open });
    expect(failures.map((failure) => failure.expectation)).toContain(expectation);
  });

  test('tells of a store that forgets at a restart', async () => {
    const { failures } = await checkStore({ dim, open: () => new MemoryStore(), reopen: () => new MemoryStore() });
    expect(failures.length).toBeGreaterThan(5);
  });
});

describe('a store that is wrong is not believed', () => {
  const reading = (change: Partial<Store>) => {
    const store = new MemoryStore();
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
    return dim.messenger({ user: bob.id, store: wrong });
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

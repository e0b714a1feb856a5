/** The contract of stores: those that keep what they are told pass, and what is wrong with the others is told. */
import { describe, expect, test } from '@jest/globals';
import {
  createDim,
  MemoryStore,
  type Change,
  type ID,
  type KeyDirection,
  type MessageKeyUse,
  type ReadMark,
  type Store,
} from 'dimp';
import { platformBackend, standardPlugin, type Backend } from 'dimplugins';
import { assertContract, checkStore } from '../../src/store/index.ts';
import { NaiveStore } from './naive-store.ts';

const keys = await Promise.all([0, 1, 2].map(async () => platformBackend.rsa.generate(2048)));
let given = 0;
/** Making new keys of RSA would take most of the time. */
const backend: Backend = {
  ...platformBackend,
  rsa: { ...platformBackend.rsa, generate: () => keys[(given += 1) % keys.length] ?? new Uint8Array() },
};
const dim = createDim({ plugins: [standardPlugin({ backend })] });
const [bob, mallory] = await Promise.all([dim.createUser({ name: 'Bob' }), dim.createUser({ name: 'Mallory' })]);

describe('checkStore', () => {
  test('passes a store in memory', async () => {
    const report = await checkStore({ dim, open: () => new MemoryStore() });
    assertContract(report);
    expect(report.checked.length).toBeGreaterThan(15);
  });

  test('passes a store that only stores, also over a restart', async () => {
    const reopen = (store: Store) => new NaiveStore(dim, (store as NaiveStore).rows);
    assertContract(await checkStore({ dim, open: () => new NaiveStore(dim), reopen }));
  });

  /** The store with some of its methods replaced. */
  const spoiled = (change: (store: NaiveStore) => Partial<Record<keyof Store, unknown>>) => () => {
    const store = new NaiveStore(dim);
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

  /** Reads all rows, changes them, and writes them later, whatever came in between. */
  function racing() {
    return spoiled((store) => ({
      commit: async (changes: readonly Change[]) => {
        const copy = new NaiveStore(dim, store.rows);
        await copy.commit(changes);
        await new Promise((resolve) => setTimeout(resolve, 5));
        store.rows.clear();
        for (const [key, text] of copy.rows) store.rows.set(key, text);
      },
    }));
  }

  const wrong: readonly [what: string, open: () => Store, rule: string, received?: string][] = [
    [
      'a column that compares without case',
      spoiled((store) => ({ meta: (id: ID) => store.meta(lowerCase(id)) })),
      'other names and addresses do, in each letter',
    ],
    [
      'a key with the terminal in it',
      spoiled((store) => ({ meta: (id: ID) => (id.terminal === undefined ? store.meta(id) : null) })),
      'terminals make no difference to whose something is',
      'no meta by an ID with a terminal',
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
      '"new"',
    ],
    [
      'private keys that are forgotten too',
      forgetting('keys'),
      'what is not forgotten with an ID stays',
      'no private keys',
    ],
    [
      'members that are forgotten too',
      forgetting('members'),
      'what is not forgotten with an ID stays',
      'no members of its groups',
    ],
    [
      'documents that are not forgotten',
      changing((change) => (change.do === 'forget' ? { ...change, id: mallory.id } : change)),
      'what is forgotten of an ID is gone: meta, documents, message keys',
      'meta: an object with meta, isProven; documents: a list of 2; message keys to it: a list of 1; message keys from it: a list of 1',
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
      'DimError INPUT_REPLAY: the message was read before',
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
      '3',
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
      'RangeError: UNIQUE constraint failed',
    ],
    [
      'a commit that throws',
      failing(new RangeError('no such table'), () => true),
      'an identity, its private keys and a group can be kept',
      'RangeError: no such table',
    ],
    [
      'a commit that cannot forget',
      failing(new RangeError('no such column'), (changes) => changes.some((change) => change.do === 'forget')),
      'an ID can be forgotten',
      'RangeError: no such column',
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
    [
      'somebody in it that nobody put there',
      spoiled((store) => ({
        keys: (id: ID) => store.keys(id) ?? { decrypt: [{ key: mallory.keys.decrypt[0]?.key }] },
      })),
      'an empty store gives nothing, or null, or an empty list',
      'private keys: an object with decrypt',
    ],
    [
      'the meta of somebody else',
      spoiled(() => ({ meta: () => ({ meta: mallory.meta, isProven: true }) })),
      'the pinned meta comes back, and whether it is proven',
      'another one; one with isProven: true',
    ],
    [
      'a pin that is proven whatever was said of it',
      spoiled((store) => ({
        meta: (id: ID) => {
          const pinned = store.meta(id) as object | null;
          return pinned && { ...pinned, isProven: true };
        },
      })),
      'the pinned meta comes back, and whether it is proven',
      'one with isProven: true',
    ],
    [
      'a pin of which the meta alone is replaced',
      spoiled((store) => ({
        commit: async (changes: readonly Change[]) => {
          let isProven: boolean | undefined;
          await store.commit(
            changes.map((change) => {
              if (change.do !== 'pin-meta') return change;
              isProven ??= change.isProven;
              return { ...change, isProven };
            }),
          );
        },
      })),
      'the pin of an ID is replaced by the next one',
      'the meta of the second, with isProven: true of the first',
    ],
    [
      'a store that keeps nothing',
      spoiled(() => ({ commit: () => undefined })),
      'documents come back as they were signed',
      'nothing of the visa of phone, the visa of tablet',
    ],
    [
      'one document of an ID',
      spoiled((store) => ({ documents: (id: ID) => (store.documents(id) ?? []).slice(0, 1) })),
      'all documents of an ID come back',
    ],
    [
      'documents with a column more',
      spoiled((store) => ({
        documents: (id: ID) => (store.documents(id) ?? []).map((map: object) => ({ ...map, row: 1 })),
      })),
      'documents come back as they were signed',
      'another text of the visa of phone, the visa of tablet',
    ],
    [
      'documents that are never dropped',
      changing((change) => (change.do === 'drop-document' ? { do: 'add-contact', id: bob.id } : change)),
      'a document that was dropped is gone, and no other',
      'the visa of phone, the visa of tablet',
    ],
    [
      'private keys without their terminals',
      changing((change) => {
        if (change.do !== 'keep-keys') return change;
        return { ...change, keys: { ...change.keys, decrypt: change.keys.decrypt.map(({ key }) => ({ key })) } };
      }),
      'private keys come back by role and terminal',
    ],
    [
      'members that are only added',
      spoiled((store) => ({
        commit: async (changes: readonly Change[]) => {
          for (const change of changes) {
            const before = change.do === 'set-members' ? store.members(change.group) : null;
            await store.commit([
              change.do === 'set-members' ? { ...change, members: [...(before ?? []), ...change.members] } : change,
            ]);
          }
        },
      })),
      'the members of a group are replaced as a whole',
    ],
    [
      'members of users',
      spoiled((store) => ({ members: (id: ID) => (id.isUser ? [id] : store.members(id)) })),
      'a user has no members',
      '1',
    ],
    [
      'message keys that are never dropped',
      changing((change) => (change.do === 'drop-message-key' ? { do: 'add-contact', id: bob.id } : change)),
      'a message key of the same digest is replaced, and a dropped one is gone',
    ],
    ['a commit that writes the whole of what it read before', racing(), 'commits at the same time are all kept'],
    [
      'a commit that looks for a mark before others are written',
      racing(),
      'of several commits at once with one mark, one is made, and the others are INPUT_REPLAY',
      '8 that are made',
    ],
  ];

  test.each(wrong)('tells of %s', async (_what, open, rule, ...[received]) => {
    const { failures } = await checkStore({ dim, open });
    const failure = failures.find((each) => each.rule === rule);
    expect(failure).toBeDefined();
    expect(failure?.received).toBe(received ?? failure?.received);
  });

  test('a pin that is proven whatever was said of it is told by the rule that says so, and by no other', async () => {
    const open = changing((change) => (change.do === 'pin-meta' ? { ...change, isProven: true } : change));
    const { failures } = await checkStore({ dim, open });
    expect(failures.map(({ rule }) => rule)).toEqual(['the pinned meta comes back, and whether it is proven']);
  });

  test('no rule is kept by every wrong store', async () => {
    const { checked } = await checkStore({ dim, open: () => new MemoryStore() });
    expect(checked.filter((rule) => !wrong.some((each) => each[2] === rule))).toEqual([]);
  });

  test('says what it expected, and what it got', async () => {
    const open = changing((change) => (change.do === 'set-members' ? { ...change, members: [mallory.id] } : change));
    const { failures } = await checkStore({ dim, open });
    const failure = failures.find(({ rule }) => rule.endsWith('as a whole'));
    expect(failure).toMatchObject({ where: 'commit', received: mallory.id.toString() });
  });

  test('tells of a store that forgets at a restart', async () => {
    const { failures } = await checkStore({ dim, open: () => new MemoryStore(), reopen: () => new MemoryStore() });
    expect(failures.length).toBeGreaterThan(5);
    expect(failures[0]).toEqual({
      rule: 'what was committed is there after a restart',
      where: 'reopen',
      expected: 'meta; documents; private keys',
      received: 'no meta; no documents; no private keys',
    });
  });
});

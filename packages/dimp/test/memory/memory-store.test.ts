/** A store in memory: how much it remembers. That it is a store is shown by its contract: see the tests of the testkit. */
import { describe, expect, test } from '@jest/globals';
import { learnIdentity, MemoryStore } from '../../src/index.ts';
import { keyDigest } from '../../src/extend.ts';
import { alice, bob, carol, dim, errorOf, mallory } from '../world.ts';

async function meet(store: MemoryStore, { id, meta, visas }: typeof alice): Promise<void> {
  store.commit((await learnIdentity(dim, store, { id, meta, documents: visas })).changes);
}

describe('strangers', () => {
  test('are remembered up to a number, those heard of last; contacts all of them', async () => {
    const store = new MemoryStore({ strangers: 2 });
    await dim.addContact(store, bob);
    for (const stranger of [alice, carol, mallory]) await meet(store, stranger);
    expect([alice, carol, mallory, bob].map(({ id }) => store.meta(id) !== undefined)).toEqual([
      false,
      true,
      true,
      true,
    ]);
  });

  test('become contacts with what is known of them', async () => {
    const store = new MemoryStore({ strangers: 1 });
    await meet(store, alice);
    await dim.addContact(store, { ...alice, visas: [] });
    await meet(store, carol);
    expect(store.documents(alice.id)).toHaveLength(1);
  });
});

describe('message keys', () => {
  const direction = (index: number) => ({
    sender: alice.id,
    destination: dim.ID.create({ name: `u${index}`, address: bob.id.address }),
  });

  test.each<[object, number]>([
    [{ messageKeys: 20 }, 20],
    [{}, 10_000],
  ])('are kept for so many directions, the most recently used: %j', async (options, limit) => {
    const store = new MemoryStore(options);
    const key = await dim.SymmetricKey.generate('AES');
    const entry = { key, digest: keyDigest(dim, key), time: 1 };
    for (let index = 0; index < limit + 3; index++)
      store.commit([{ do: 'keep-message-key', direction: direction(index), use: 'send', entry }]);
    const kept = Array.from({ length: limit + 3 }, (_, index) => store.messageKeys(direction(index), 'send').length);
    expect([kept.lastIndexOf(0), kept.filter(Boolean).length]).toEqual([2, limit]);
  });

  test.each([-1, Number.NaN, 1.5])('cannot be %p', async (messageKeys) => {
    expect((await errorOf(() => new MemoryStore({ messageKeys }))).code).toBe('USAGE_ARGUMENT');
  });
});

test('a commit that fails keeps nothing of itself', async () => {
  const store = new MemoryStore();
  const mark = { reader: bob.id, sender: alice.id, id: '1 x', time: Date.now() / 1000 };
  store.commit([{ do: 'mark-read', mark }]);
  const set = { do: 'set-members', group: bob.id, members: [alice.id] } as const;
  expect((await errorOf(() => store.commit([set, { do: 'mark-read', mark }]))).code).toBe('INPUT_REPLAY');
  expect(store.members(bob.id)).toEqual([]);
});

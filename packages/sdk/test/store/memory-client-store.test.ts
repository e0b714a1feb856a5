/** The store in memory: its bounds, and its handles. What it keeps is shown by the contract: see the tests of the testkit. */
import { expect, test } from '@jest/globals';
import { verifyMeta, type Change } from 'dimp';
import { MemoryClientStore } from '../../src/store/memory-client-store.ts';
import { alice, bob, carol, errorOf } from '../people.ts';

async function pinOf({ id, meta }: typeof alice): Promise<Change> {
  const verified = await verifyMeta(meta, id);
  if (!verified) throw new Error('the meta does not verify');
  return { do: 'pin-meta', id, meta: verified, isProven: true };
}

test('remembers as many strangers as it is told, in all handles', async () => {
  const store = new MemoryClientStore({ strangers: 2 });
  for (const user of [alice, bob, carol]) store.openAgain().commit([await pinOf(user)]);
  expect([alice, bob, carol].map(({ id }) => store.meta(id) !== undefined)).toEqual([false, true, true]);
});

test('a handle that was closed says so, and another one goes on', async () => {
  const store = new MemoryClientStore();
  const other = store.openAgain();
  await store.close();
  expect((await errorOf(() => store.meta(alice.id))).code).toBe('STORE_CLOSED');
  expect((await errorOf(() => store.exclusive(async () => Promise.resolve()))).code).toBe('STORE_CLOSED');
  other.commit([], [{ do: 'put-row', row: { table: 'app-notes', key: '1', partition: '', order: 1, value: {} } }]);
  expect(other.count('app-notes', '')).toBe(1);
});

test.each(['row', 'rows', 'count', 'partitions'] as const)(
  '%s of a table that is none is USAGE_ARGUMENT',
  async (name) => {
    const store = new MemoryClientStore();
    const error = await errorOf(() => store[name]('No table', ''));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'table']);
  },
);

test('a large partition is read and changed at any place without being walked over', () => {
  const store = new MemoryClientStore();
  const rows = Array.from({ length: 20_000 }, (_, order) => ({
    do: 'put-row' as const,
    row: { table: 'app-notes', key: `${order}`, partition: '', order, value: {} },
  }));
  store.commit([], rows);
  expect(store.rows('app-notes', '', { after: { order: 19_990, key: '19990' } })).toHaveLength(9);
  store.commit([], [{ do: 'delete-row', table: 'app-notes', key: '10000' }]);
  expect(store.rows('app-notes', '', { from: 9_999, limit: 2 }).map(({ key }) => key)).toEqual(['9999', '10001']);
});

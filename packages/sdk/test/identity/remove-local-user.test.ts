import { expect, test } from '@jest/globals';
import {
  addLocalUser,
  localUsers,
  MemoryClientStore,
  removeLocalUser,
  withVault,
  type ClientStore,
} from '../../src/index.ts';
import { alice, bob, dim, errorOf } from '../people.ts';
import { namedVault } from '../store/with-vault/named-vault.ts';
import { WatchedStore } from '../store/with-vault/watched-store.ts';

const asMap = (value: unknown): unknown => JSON.parse(JSON.stringify(value));

const STORES: readonly [string, () => ClientStore][] = [
  ['with a vault', () => withVault(new WatchedStore(), namedVault('a'), dim)],
  ['without a vault', () => new MemoryClientStore()],
];

for (const [name, open] of STORES)
  test(`removeLocalUser takes the keys of one user from a store ${name}, and nothing else`, async () => {
    const store = open();
    for (const user of [alice, bob]) await addLocalUser(dim, store, user);
    const kept = asMap(await store.keys(bob.id));
    expect(await removeLocalUser(store, alice.id.at('phone'))).toBe(true);
    expect((await localUsers(store, dim)).map(String)).toEqual([bob.id.toString()]);
    expect((await store.keys(alice.id))?.identity).toBeUndefined();
    expect((await store.keys(alice.id))?.decrypt ?? []).toEqual([]);
    expect(asMap(await store.keys(bob.id))).toEqual(kept);
    // What everybody may know stays.
    expect(await store.documents(alice.id)).toHaveLength(alice.visas.length);
    await addLocalUser(dim, store, alice);
    expect(asMap(await store.keys(alice.id))).toEqual(asMap(alice.keys));
  });

test('removeLocalUser says where there was nobody, and what is no ID', async () => {
  const store = withVault(new WatchedStore(), namedVault('a'), dim);
  expect(await removeLocalUser(store, alice.id)).toBe(false);
  expect((await errorOf(() => removeLocalUser(store, 'alice' as never))).code).toBe('USAGE_ARGUMENT');
  expect((await errorOf(() => removeLocalUser({} as never, alice.id))).code).toBe('USAGE_ARGUMENT');
});

test('a ring that is removed while another is written is gone, and the other one there', async () => {
  const disk = new WatchedStore();
  const store = withVault(disk, namedVault('a'), dim);
  await addLocalUser(dim, store, alice);
  // Another process keeps a user at the very moment.
  const elsewhere = withVault(disk, namedVault('a'), dim);
  disk.beforeCommit = () => elsewhere.commit([{ do: 'keep-keys', id: bob.id, keys: bob.keys }]);
  expect(await removeLocalUser(store, alice.id)).toBe(true);
  expect((await localUsers(store, dim)).map(String)).toEqual([bob.id.toString()]);
});

/** A ring that was overwritten: what another key signs would be read by nobody, and that would show only at the others. */
import { expect, jest, test } from '@jest/globals';
import { MemoryStore, TextContent, type KeyRing, type Memory } from '../../src/index.ts';
import { alice, bob, carol, dim, faultOf, storeOf } from '../world.ts';
import { NaiveStore } from './identities.ts';

const hello = TextContent.create('Hello');

test.each([
  ['objects', carol.keys],
  ['maps', { identity: carol.keys.identity.toJSON(), decrypt: [] }],
])('nothing is packed with the identity key of another: %s', async (_what, keys: KeyRing) => {
  const store = await storeOf(alice);
  const messenger = dim.messenger({ self: alice.id, store });
  await messenger.pack(hello, bob.id);
  store.commit([{ do: 'keep-keys', id: alice.id, keys }]);
  const fault = ['INTERNAL_STORE', '', `the store gave the identity key of another for ${alice.id.toString()}`];
  expect(await faultOf(() => messenger.pack(hello, bob.id, { reuseKey: true }))).toEqual(fault);
  expect(store.messageKeys({ sender: alice.id, destination: bob.id }, 'send')).toEqual([]);
  store.commit([{ do: 'keep-keys', id: alice.id, keys: alice.keys }]);
  expect(await messenger.pack(hello, bob.id)).toBeInstanceOf(Uint8Array);
});

test('a store is asked for the meta of its user once, also where each key is a new object', async () => {
  const store = new NaiveStore();
  await dim.addUser(store, carol);
  await dim.addContact(store, bob);
  const asked = jest.spyOn(store as Memory, 'meta');
  const messenger = dim.messenger({ self: carol.id, store });
  for (let index = 0; index < 3; index++) await messenger.pack(hello, bob.id);
  expect(asked.mock.calls.filter(([id]) => id.equals(carol.id))).toHaveLength(1);
});

test('without a meta nothing is compared', async () => {
  const store = new MemoryStore();
  store.commit([{ do: 'keep-keys', id: alice.id, keys: { identity: alice.keys.identity.toJSON(), decrypt: [] } }]);
  await dim.addContact(store, bob);
  expect(await dim.messenger({ self: alice.id, store }).pack(hello, bob.id)).toBeInstanceOf(Uint8Array);
});

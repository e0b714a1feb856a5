/** What is wrong with the keys of this device is no fault of whoever wrote: nothing is refused, so that it comes again. */
import { expect, test } from '@jest/globals';
import { DimError, TextContent } from 'dimp';
import { changeVault, silentLogger, systemClock, withVault, type ClientStore, type KeyVault } from '../../src/index.ts';
import { OwnDevice } from '../../src/device/own-device.ts';
import { readInOrder } from '../../src/inbox/read-messages.ts';
import { alice, bob, dim, errorOf } from '../people.ts';
import { namedVault } from '../store/with-vault/named-vault.ts';
import { WatchedStore } from '../store/with-vault/watched-store.ts';

async function read(store: ClientStore, bytes: Uint8Array): Promise<readonly string[]> {
  const common = { dim, clock: systemClock, logger: silentLogger, messages: {} };
  const device = new OwnDevice({ ...common, self: alice.id.at('phone'), store });
  const unread = [{ message: dim.ReliableMessage.decode(bytes) }];
  const outcomes = await device.store.exclusive(async () => readInOrder(device, {}, unread, async () => undefined));
  return outcomes.map(({ is }) => is);
}

async function messageOfBob(): Promise<Uint8Array> {
  const store = new WatchedStore();
  await dim.addUser(store, bob);
  await dim.addContact(store, alice);
  return dim.messenger({ self: bob.id, store }).pack(TextContent.create('Hi'), alice.id);
}

const failing: KeyVault = {
  seal: async () => Promise.reject(new Error('no seal')),
  open: async () => Promise.reject(new DimError('INTERNAL_PLATFORM', 'scrypt failed')),
};

test.each([
  ['another passphrase', namedVault('other'), 'VAULT_PASSPHRASE'],
  ['no memory for scrypt', failing, 'INTERNAL_STORE'],
])('a message is not refused for %s', async (_, vault, code) => {
  const disk = new WatchedStore();
  await dim.addUser(withVault(disk, namedVault('a'), dim), alice);
  await dim.addContact(disk, bob);
  const bytes = await messageOfBob();
  expect((await errorOf(() => read(withVault(disk, vault, dim), bytes))).code).toBe(code);
  expect(await read(withVault(disk, namedVault('a'), dim), bytes)).toEqual(['read']);
});

test('nor where another tab has changed the passphrase meanwhile', async () => {
  const disk = new WatchedStore();
  const store = withVault(disk, namedVault('a'), dim);
  await dim.addUser(store, alice);
  await dim.addContact(store, bob);
  await changeVault(disk, { from: namedVault('a'), to: namedVault('b') });
  const bytes = await messageOfBob();
  expect((await errorOf(() => read(store, bytes))).code).toBe('VAULT_PASSPHRASE');
  expect(await read(withVault(disk, namedVault('b'), dim), bytes)).toEqual(['read']);
});

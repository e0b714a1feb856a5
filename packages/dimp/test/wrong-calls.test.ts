/** What JavaScript lets people do: each wrong call says what belongs there, and none ends in the middle of something. */
import { describe, expect, test } from '@jest/globals';
import { createDim, MemoryStore, TextContent, type Store } from '../src/index.ts';
import { standardPlugins } from 'dimplugins';
import { alice, bob, dim, errorOf, group } from './world.ts';

/** What the compiler would not let through. */
const any = (value: unknown): never => value as never;
const hello = TextContent.create('Hello');

async function storeOf(changes: Readonly<Record<string, unknown>> = {}): Promise<Store> {
  const store = new MemoryStore();
  await dim.addUser(store, alice);
  await dim.addContact(store, bob);
  return Object.assign(store, changes);
}

const calls: readonly (readonly [name: string, path: string, call: () => unknown])[] = [
  ['createDim()', 'plugins', () => createDim(any(undefined))],
  ['createDim({})', 'plugins', () => createDim(any({}))],
  [
    'a plugin that was not called',
    'plugins[1]',
    () => createDim({ plugins: any([standardPlugins(), standardPlugins]) }),
  ],
  ['a plugin that is null', 'plugins[0]', () => createDim({ plugins: any([null]) })],
  ['an unknown profile', 'profile', () => createDim({ plugins: [], profile: any('java') })],
  ['createUser()', 'options', () => dim.createUser(any(undefined))],
  ['createUser({})', 'name', () => dim.createUser(any({}))],
  ['a terminal with a separator', 'terminals[1]', () => dim.createUser({ name: 'x', terminals: ['a', 'a/b'] })],
  ['createGroup()', 'options', () => dim.createGroup(any(undefined))],
  ['createGroup({})', 'founder', () => dim.createGroup(any({}))],
  ['a founder without keys', 'founder.keys', () => dim.createGroup(any({ founder: { id: alice.id }, members: [] }))],
  ['a group without members', 'members', () => dim.createGroup(any({ founder: alice, name: 'x', seed: 'x' }))],
  ['messenger()', 'user', () => dim.messenger(any(undefined))],
  ['a user as text', 'user', async () => dim.messenger({ user: any(String(alice.id)), store: await storeOf() })],
  ['no store', 'store', () => dim.messenger({ user: alice.id, store: any(undefined) })],
  ['half a store', 'store', () => dim.messenger({ user: alice.id, store: any({ meta: () => undefined }) })],
  [
    'a profile of a messenger',
    'profile',
    async () => dim.messenger({ user: alice.id, store: await storeOf(), profile: any('java') }),
  ],
  ['a profile of a call', 'profile', async () => (await atAlice()).pack(hello, bob.id, { profile: any('java') })],
  ['a receiver as text', 'receiver', async () => (await atAlice()).pack(hello, any(String(bob.id)))],
  ['no receiver', 'receiver', async () => (await atAlice()).pack(hello, any(undefined))],
  ['a content as text', 'content', async () => (await atAlice()).pack(any('Hello'), bob.id)],
  ['no content', 'content', async () => (await atAlice()).pack(any(undefined), bob.id)],
  ['addUser without a store', 'store', () => dim.addUser(any(alice), any(undefined))],
  ['addContact without a contact', 'contact', async () => dim.addContact(await storeOf(), any(undefined))],
  ['addGroup without a group', 'group', async () => dim.addGroup(await storeOf(), any(undefined))],
  ['setMembers of text', 'group', async () => dim.setMembers(await storeOf(), any(String(group.id)), [])],
  ['learn()', 'identity', async () => (await atAlice()).learn(any(undefined))],
  ['learn of no ID', 'id', async () => (await atAlice()).learn(any({}))],
  ['forget of text', 'id', async () => dim.forget(await storeOf(), any(String(bob.id)))],
];

async function atAlice(changes?: Readonly<Record<string, unknown>>) {
  return dim.messenger({ user: alice.id, store: await storeOf(changes) });
}

test.each(calls)('%s is USAGE_ARGUMENT at %s', async (_name, path, call) => {
  const error = await errorOf(async () => call());
  expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', path]);
});

test('what helps is in the text', async () => {
  const reasonOf = async (call: () => unknown) => (await errorOf(async () => call())).reason;
  expect(await reasonOf(() => createDim({ plugins: any([standardPlugins]) }))).toBe(
    'must be a plugin, not a function: call it',
  );
  expect(await reasonOf(async () => (await atAlice()).pack(any('Hello'), bob.id))).toContain('TextContent.create');
  expect(await reasonOf(async () => (await atAlice()).pack(hello, any(String(bob.id))))).toContain('ID.parse');
});

describe('what a store gives back in the wrong form is INTERNAL_STORE, with the method', () => {
  test.each<[string, Readonly<Record<string, unknown>>, string]>([
    ['keys as text', { keys: () => JSON.stringify(alice.keys) }, 'store.keys'],
    ['keys as a list', { keys: () => [alice.keys.identity] }, 'store.keys'],
    ['half of a key', { keys: () => ({ identity: { algorithm: 'ECC' }, decrypt: [] }) }, 'store.keys.identity.data'],
    ['a meta as text', { meta: () => JSON.stringify(bob.meta) }, 'store.meta'],
    ['half of a meta', { meta: () => ({ meta: { type: '1' } }) }, 'store.meta.key'],
    ['documents as text', { documents: () => JSON.stringify(bob.visas) }, 'store.documents'],
  ])('%s', async (_name, changes, path) => {
    const error = await errorOf(async () => (await atAlice(changes)).pack(hello, bob.id));
    expect([error.code, error.path]).toEqual(['INTERNAL_STORE', path]);
  });

  test('members as texts', async () => {
    const content = TextContent.create('Hello', { group: group.id });
    const error = await errorOf(async () =>
      (await atAlice({ members: () => [String(bob.id)] })).pack(content, group.id),
    );
    expect([error.code, error.path]).toEqual(['INTERNAL_STORE', 'store.members']);
  });

  test('maps of keys and metas are fine', async () => {
    const plain = (value: unknown): unknown => JSON.parse(JSON.stringify(value));
    const messenger = await atAlice({ keys: () => plain(alice.keys) });
    expect((await messenger.pack(hello, bob.id)).length).toBeGreaterThan(0);
  });
});

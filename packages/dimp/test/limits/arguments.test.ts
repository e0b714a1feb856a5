/** What a caller gets wrong is said to be the caller's, and where: nothing of it looks like a peer's, or like a bug in here. */
import { expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import { createDim, EntityType, MemoryStore, splitMessage, TextContent } from '../../src/index.ts';
import { alice, bob, carol, dim, faultOf, group, storeOf } from '../world.ts';

const hello = TextContent.create('Hello');
const store = await storeOf(alice);
const messenger = dim.messenger({ self: alice.id, store });
const toGroup = await messenger.packMessage(TextContent.create('All', { group: group.id }), group.id);
const team = { founder: alice, members: [bob.id], name: 'Team', seed: 'team' };
const UNREAD_ID = 'must be an ID, not text: read it first';

/** Whatever the types would refuse. */
const cast = (value: unknown) => value as never;
const user = (options: object) => dim.createUser({ name: 'x', ...options });
const newGroup = (options: object) => dim.createGroup({ ...team, ...options });
const contact = (parts: object) => dim.addContact(new MemoryStore(), { ...bob, ...parts });

test.each<[path: string, reason: string, action: () => unknown]>([
  ['options', 'is required', () => dim.createUser(cast(undefined))],
  ['name', 'is required', () => dim.createUser(cast({}))],
  ['name', 'must be text, not an object', () => user({ name: cast({}) })],
  ['seed', 'has a name with U+0040', () => user({ seed: 'a@b' })],
  ['seed', 'has an empty name', () => user({ seed: '' })],
  ['seed', 'a meta of type MKM needs a seed', () => user({ metaType: 'MKM' })],
  ['metaType', 'must be text, not a number', () => user({ metaType: cast(1) })],
  [
    'terminals[1]',
    'stands for all terminals: give none for one visa that is for all',
    () => user({ terminals: ['a', '*'] }),
  ],
  ['seed', 'a meta of type ETH has no seed', () => user({ metaType: 'ETH', seed: 'x' })],
  ['terminals[0]', 'has a terminal with U+002F', () => user({ terminals: ['a/b'] })],
  ['terminals[1]', 'is there twice', () => user({ terminals: ['a', 'a'] })],
  ['terminals', 'must be a list, not text', () => user({ terminals: 'phone' })],
  ['visaAlgorithms', 'must not be empty', () => user({ visaAlgorithms: [] })],
  ['type', 'needs a `seed`', () => user({ type: EntityType.STATION })],
  ['type', 'must be a type of users', () => user({ seed: 'x', type: EntityType.GROUP })],
  ['type', 'a meta of type MKM gives no address', () => user({ seed: 'x', type: 999 })],
  ['algorithm', '', () => user({ algorithm: 'RSA' })],
  ['options', 'is required', () => dim.createGroup(cast(undefined))],
  ['seed', 'has an empty name', () => newGroup({ seed: '' })],
  ['name', 'is required', () => newGroup({ name: undefined })],
  ['founder', 'is required', () => newGroup({ founder: undefined })],
  ['founder.id', 'must be a user', () => newGroup({ founder: { ...alice, id: group.id } })],
  ['founder.keys.identity', 'is required', () => newGroup({ founder: { ...alice, keys: {} } })],
  ['members', 'must be a list, not nothing', () => newGroup({ members: undefined })],
  ['members[0]', UNREAD_ID, () => newGroup({ members: ['bob'] })],
  ['members[0]', 'must be a user', () => newGroup({ members: [group.id] })],
  ['contact', 'is required', () => dim.addContact(store, cast(undefined))],
  ['id', UNREAD_ID, () => contact({ id: bob.id.toString() })],
  ['meta', 'must be a meta, not an object: read it first', () => contact({ meta: bob.meta.toMap() })],
  ['visas[0]', 'must be a document, not an object: read it first', () => contact({ visas: [bob.visas[0]?.toMap()] })],
  ['documents', 'must be a list, not an object', () => contact({ visas: bob.visas[0] })],
  ['store', 'must be a store', () => dim.addContact(cast(undefined), bob)],
  [
    'store',
    'it has no method documents',
    () => dim.messenger({ self: alice.id, store: cast({ meta: () => undefined }) }),
  ],
  ['user', 'is required', () => dim.addUser(store, cast(undefined))],
  ['keys', 'is required', () => dim.addUser(store, { ...alice, keys: cast(undefined) })],
  ['keys.decrypt', 'must be a list', () => dim.addUser(store, { ...alice, keys: cast({}) })],
  [
    'keys.identity.publicKey',
    'is required',
    () => dim.addUser(store, { ...alice, keys: { ...alice.keys, identity: cast('secret') } }),
  ],
  ['group', 'is required', () => dim.addGroup(store, cast(undefined))],
  ['group', 'must be a group', () => dim.addGroup(store, { ...group, id: alice.id })],
  ['group', UNREAD_ID, () => dim.setMembers(store, cast('team'), [])],
  ['members[1]', UNREAD_ID, () => dim.setMembers(store, group.id, [bob.id, cast('carol')])],
  ['store', 'must be a store', () => dim.setMembers(cast({}), group.id, [])],
  ['id', UNREAD_ID, () => dim.forget(store, cast('bob'))],
  ['store', 'must be a store', () => dim.forget(cast(null), bob.id)],
  ['receiver', UNREAD_ID, () => messenger.pack(hello, cast(bob.id.toString()))],
  [
    'content',
    'must be a content, not text: take TextContent.create(text)',
    () => messenger.pack(cast('Hello'), bob.id),
  ],
  ['content', 'must be a content, not nothing', () => messenger.pack(cast(undefined), bob.id)],
  ['content', 'must be a content, not an object', () => messenger.pack(cast(hello.toMap()), bob.id)],
  ['time', 'take date.getTime() / 1000', () => messenger.pack(hello, bob.id, { time: cast(new Date()) })],
  ['time', 'must be a number of seconds', () => messenger.pack(hello, bob.id, { time: cast('abc') })],
  ['time', 'take date.getTime() / 1000', () => TextContent.create('x', { time: cast(new Date()) })],
  ['time', 'must be a number of seconds', () => TextContent.create('x', { time: cast('abc') })],
  ['message', 'must be JSON', () => messenger.handedOver(Uint8Array.of(1))],
  ['message', 'must be a Uint8Array, not text', () => messenger.handedOver(cast('x'))],
  ['message', 'must be a ReliableMessage, not an object', () => messenger.open(cast({}))],
  ['message', 'must be a ReliableMessage, not nothing', () => messenger.authenticate(cast(undefined))],
  ['identity', 'is required', () => messenger.learn(cast(undefined))],
  ['id', UNREAD_ID, () => messenger.learn({ id: cast('bob') })],
  ['message', 'must be a ReliableMessage, not text', () => splitMessage(dim, cast('x'), [])],
  ['members', 'must be a list, not nothing', () => splitMessage(dim, toGroup.message, cast(undefined))],
  ['members[0]', UNREAD_ID, () => splitMessage(dim, toGroup.message, [cast('bob')])],
  ['options', 'is required', () => createDim(cast(undefined))],
  ['plugins', 'is required', () => createDim(cast({}))],
  ['plugins', 'must be a list, not an object', () => createDim({ plugins: cast(standardPlugin()) })],
  ['plugins[0]', 'must be a plugin, not a function: call it', () => createDim({ plugins: [cast(standardPlugin)] })],
  ['plugins[1]', 'must be a plugin, not nothing', () => dim.extend(cast(undefined))],
  ['wireShape', 'must be one of 2.4, deployed, 2.0', () => createDim({ plugins: [], wireShape: cast('old') })],
])('at %s: %s', async (path, reason, action) => {
  expect(await faultOf(action)).toEqual(['USAGE_ARGUMENT', path, expect.stringContaining(reason)]);
});

test('a document that does not fit is named as the caller knows it', async () => {
  const ofAnother = 'is of another ID';
  expect(await faultOf(() => contact({ visas: [...bob.visas, ...carol.visas] }))).toEqual([
    'INPUT_CONFLICT',
    'visas[2].did',
    ofAnother,
  ]);
  const bulletin = await dim.Document.create({ type: 'bulletin', did: group.id }).sign(bob.keys.identity);
  expect((await faultOf(() => dim.addGroup(store, { ...group, bulletin }))).slice(0, 2)).toEqual([
    'CRYPTO_VERIFY',
    'bulletin',
  ]);
});

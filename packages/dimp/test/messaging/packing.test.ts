/** What a sender writes: for whom, with which keys, in which shape, and what is missing for it. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { ANYONE, currentTime, EVERYONE, Messenger, TextContent } from '../../src/index.ts';
import type { DecryptKey, ID, PackOptions, Visa } from '../../src/index.ts';
import { alice, bob, carol, dim, faultOf, group, mallory, mapOf, messengerOf, storeOf } from '../world.ts';

const hello = TextContent.create('Hello');
const toGroup = TextContent.create('Hello all', { group: group.id });
const [bobs, carols] = [bob.id.toString(), carol.id.toString()];
let sender: Messenger;

beforeAll(async () => {
  sender = await messengerOf(alice);
});

/** For whom the package has keys. */
const recipientsOf = (bytes: Uint8Array) => Object.keys(mapOf(bytes)['keys'] ?? {});

/** A messenger of Alice who knows these visas of Carol, all signed by her. */
async function knowing(...terminals: readonly (string | undefined)[]): Promise<Messenger> {
  const store = await storeOf(alice, []);
  const [visa] = carol.visas as readonly [Visa];
  await store.saveMeta(carol.id, carol.meta);
  for (const terminal of terminals)
    await store.saveDocument(await visa.with({ terminal }).sign(carol.privateKeys[0], { time: 1700000000 }));
  return dim.messenger({ user: alice.id, store });
}

describe('a message is encrypted', () => {
  test.each<[string, ID, readonly string[]]>([
    ['to each terminal with a visa', bob.id, [`${bobs}/phone`, `${bobs}/desktop`]],
    ['to the terminal that is named', bob.id.at('desktop'), [`${bobs}/desktop`]],
    ['to all, if the one that is named has no visa', bob.id.at('watch'), [`${bobs}/phone`, `${bobs}/desktop`]],
    ['to the user, if the visa names no terminal', carol.id, [carols]],
    ['to the user, if no terminal has a visa', carol.id.at('phone'), [carols]],
  ])('%s', async (_what, receiver, recipients) => {
    const packed = await sender.pack(hello, receiver);
    expect([recipientsOf(packed), mapOf(packed)['receiver']]).toEqual([recipients, receiver.entity.toString()]);
  });

  test('to the visa of all terminals too, unless one is named', async () => {
    const messenger = await knowing(undefined, 'phone');
    expect(recipientsOf(await messenger.pack(hello, carol.id))).toEqual([carols, `${carols}/phone`]);
    expect(recipientsOf(await messenger.pack(hello, carol.id.at('phone')))).toEqual([`${carols}/phone`]);
  });

  test('to the user, if no ID can have the terminal: nobody keeps a message from a group by a visa', async () => {
    const messenger = await knowing('my phone');
    expect(recipientsOf(await messenger.pack(hello, carol.id))).toEqual([carols]);
    const store = await storeOf(alice, [alice, bob]);
    await store.saveMeta(carol.id, carol.meta);
    const [visa] = carol.visas as readonly [Visa];
    await store.saveDocument(await visa.with({ terminal: 'a/b' }).sign(carol.privateKeys[0]));
    const packed = await dim.messenger({ user: alice.id, store }).pack(toGroup, group.id);
    expect(recipientsOf(packed).at(-1)).toBe(carols);
    expect((await (await messengerOf(carol)).unpack(packed)).content.toMap()).toEqual(toGroup.toMap());
  });

  test('to all members of a group', async () => {
    const names = recipientsOf(await sender.pack(toGroup, group.id));
    expect(names).toEqual([alice.id.toString(), `${bobs}/phone`, `${bobs}/desktop`, carols]);
  });

  test('to the RSA key of the meta where there is no visa', async () => {
    const store = await storeOf(alice, []);
    await store.addContact({ ...bob, visas: [] });
    const packed = await dim.messenger({ user: alice.id, store }).pack(hello, bob.id.at('phone'));
    expect(recipientsOf(packed)).toEqual([bobs]);
    const phone = await messengerOf(bob, undefined, 'phone');
    expect((await phone.unpack(packed)).content.toMap()).toEqual(hello.toMap());
  });

  test('not to a visa whose key nobody knows', async () => {
    const store = await storeOf(alice, []);
    await store.saveMeta(bob.id, bob.meta);
    const [phone, desktop] = bob.visas as readonly [Visa, Visa];
    await store.saveDocument(await phone.with({ key: { algorithm: 'ROT13' } }).sign(bob.privateKeys[0]));
    await store.saveDocument(desktop);
    const packed = await dim.messenger({ user: alice.id, store }).pack(hello, bob.id);
    expect(recipientsOf(packed)).toEqual([`${bobs}/desktop`]);
  });
});

describe('an envelope', () => {
  test.each<[string, ID, TextContent, PackOptions, string | undefined]>([
    ['hides the group of a part for one member', bob.id, toGroup, {}, undefined],
    ['shows it when asked', bob.id, toGroup, { exposeGroup: true }, group.id.toString()],
    ['has none where the content has none', bob.id, hello, { exposeGroup: true }, undefined],
    ['has none beside the group as receiver', group.id, toGroup, { exposeGroup: true }, undefined],
  ])('%s', async (_what, receiver, content, options, expected) => {
    expect(mapOf(await sender.pack(content, receiver, options))['group']).toBe(expected);
  });

  test('of a broadcast is to whom it names', async () => {
    for (const receiver of [ANYONE, EVERYONE, ANYONE.at('phone')])
      expect(mapOf(await sender.pack(hello, receiver))['receiver']).toBe(receiver.toString());
  });

  test('names the sender without a terminal, and the type and time of the content', async () => {
    const device = dim.messenger({ user: bob.id.at('phone'), store: await storeOf(bob) });
    const content = TextContent.create('Hello', { time: 1700000000 });
    expect(mapOf(await device.pack(content, alice.id))).toMatchObject({ sender: bobs, type: '1', time: 1700000000 });
    const timeless = dim.Content.parse({ type: '1', sn: 7, text: 'Hello' });
    const before = currentTime();
    const time = Number(mapOf(await device.pack(timeless, alice.id))['time']);
    expect(time >= before && time <= currentTime()).toBe(true);
  });
});

describe('an introduction', () => {
  test.each([
    ['phone', 'phone', 0],
    ['desktop', 'desktop', 1],
    ['a terminal without one', 'watch', 0],
    ['no terminal', undefined, 0],
  ])('of %s attaches its visa, or the first', async (_what, terminal, index) => {
    const device = await messengerOf(bob, undefined, terminal);
    const { meta, visa } = mapOf(await device.pack(hello, carol.id, { introduce: true }));
    expect([meta, visa]).toEqual([bob.meta.toMap(), bob.visas[index]?.toMap()]);
  });

  test('attaches a visa, whatever other documents the sender has', async () => {
    const store = await storeOf(alice);
    store.forget(alice.id);
    await store.saveMeta(alice.id, alice.meta);
    const badge = dim.Document.create({ type: 'badge', did: alice.id, properties: { level: 3 } });
    await store.saveDocument(await badge.sign(alice.privateKeys[0]));
    const device = dim.messenger({ user: alice.id, store });
    const attached = async () => mapOf(await device.pack(hello, bob.id, { introduce: true }))['visa'];
    expect(await attached()).toBeUndefined();
    const [visa] = alice.visas as readonly [Visa];
    await store.saveDocument(visa);
    expect(await attached()).toEqual(visa.toMap());
  });

  test('is not made without being asked, and has no visa where there is none', async () => {
    expect(Object.keys(mapOf(await sender.pack(hello, bob.id)))).not.toEqual(expect.arrayContaining(['meta', 'visa']));
    const store = await storeOf(alice, [bob]);
    store.forget(alice.id);
    const device = dim.messenger({ user: alice.id, store });
    const introduced = async () => Object.keys(mapOf(await device.pack(hello, bob.id, { introduce: true })));
    expect((await introduced()).filter((name) => ['meta', 'visa'].includes(name))).toEqual([]);
    await store.saveMeta(alice.id, alice.meta);
    expect((await introduced()).filter((name) => ['meta', 'visa'].includes(name))).toEqual(['meta']);
  });
});

describe('a profile', () => {
  test('is that of the call, of the messenger, or 2.4', async () => {
    const store = await storeOf(alice);
    const typeOf = async (messenger: Messenger, options?: PackOptions) =>
      mapOf(await messenger.pack(hello, bob.id, options))['type'];
    const today = new Messenger(dim, { user: alice.id, store });
    const network = new Messenger(dim, { user: alice.id, store, profile: 'network' });
    expect([await typeOf(today), await typeOf(network)]).toEqual(['1', 1]);
    expect(await typeOf(today, { profile: 'network' })).toBe(1);
    expect(await typeOf(network, { profile: '2.4' })).toBe('1');
    const old = mapOf(await today.pack(hello, carol.id, { profile: '2.0' }));
    expect([typeof old['key'], old['keys']]).toEqual(['string', undefined]);
  });

  test('network has no short names; the others have, when asked', async () => {
    const fault = ['USAGE_ARGUMENT', 'shortNames', 'the profile network has no short names'];
    const pack = async (options: PackOptions) => mapOf(await sender.pack(hello, bob.id, options));
    expect(await faultOf(() => pack({ profile: 'network', shortNames: true }))).toEqual(fault);
    expect((await pack({ profile: 'network', shortNames: false }))['sender']).toBe(alice.id.toString());
    expect((await pack({ shortNames: true }))['F']).toBe(alice.id.toString());
  });
});

describe('packing says what is missing', () => {
  test.each<[string, TextContent, ID, readonly string[]]>([
    [
      'a key of the receiver',
      hello,
      mallory.id,
      ['MISSING_VISA', '', `no key is known that encrypts to ${mallory.id.toString()}`],
    ],
    [
      'the group of a content',
      hello,
      group.id,
      ['USAGE_ARGUMENT', 'group', 'a content for a group must be written for it'],
    ],
  ])('%s', async (_what, content, receiver, fault) => {
    expect(await faultOf(() => sender.pack(content, receiver))).toEqual(fault);
  });

  test('the same group in the content', async () => {
    const other = await dim.createGroup({ founder: carol, members: [], name: 'Other', seed: 'other' });
    const fault = ['USAGE_ARGUMENT', 'group', 'a content for a group must be written for it'];
    expect(await faultOf(() => sender.pack(toGroup, other.id))).toEqual(fault);
    const toOther = TextContent.create('x', { group: other.id });
    const unknown = ['MISSING_MEMBERS', '', `no members are known of ${other.id.toString()}`];
    expect(await faultOf(() => sender.pack(toOther, other.id))).toEqual(unknown);
  });

  test('a visa where the key of the meta does not encrypt, and a key of each member', async () => {
    const fault = ['MISSING_VISA', '', `no key is known that encrypts to ${carols}`];
    const messenger = await knowing();
    expect(await faultOf(() => messenger.pack(hello, carol.id))).toEqual(fault);
    const store = await storeOf(alice, [bob]);
    const toMembers = dim.messenger({ user: alice.id, store });
    expect(await faultOf(() => toMembers.pack(toGroup, group.id))).toEqual(fault);
  });

  const box = { algorithm: 'BOX', fields: {}, toJSON: () => ({}) };
  const boxKey = { ...box, publicKey: { ...box, encrypt: (bytes: Uint8Array) => bytes } };

  test.each<[string, readonly DecryptKey[]]>([
    ['no key', []],
    ['a key that only decrypts', [{ ...boxKey, decrypt: (bytes) => bytes }]],
  ])('a key that signs: %s', async (_what, keys) => {
    const store = await storeOf(bob);
    store.setPrivateKeys(bob.id, keys);
    const fault = ['MISSING_PRIVATE_KEY', '', 'the user has no private key to sign with'];
    expect(await faultOf(() => dim.messenger({ user: bob.id, store }).pack(hello, alice.id))).toEqual(fault);
  });
});

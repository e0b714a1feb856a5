/** What a sender writes: for whom, with which keys, in which shape, and what is missing for it. */
import { createPublicKey } from 'node:crypto';
import { beforeAll, describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  ANYONE,
  ArrayContent,
  createDim,
  EntityType,
  EVERYONE,
  isDimError,
  MemoryStore,
  Messenger,
  TextContent,
  UnknownContent,
} from '../../src/index.ts';
import { currentTime, encodeBase64, encodeUtf8, newContentInit } from '../../src/extend.ts';
import type { ID, PackOptions, Visa } from '../../src/index.ts';
import { alice, bob, carol, dim, errorOf, faultOf, group, mallory, mapOf, messengerOf, storeOf } from '../world.ts';
import { NaiveStore, signedAs } from '../trust/identities.ts';

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
  const visas = terminals.map(async (terminal) =>
    visa.with({ terminal }).sign(carol.keys.identity, { time: 1700000000 }),
  );
  await dim.addContact(store, { ...carol, visas: await Promise.all(visas) });
  return dim.messenger({ self: alice.id, store });
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

  test.each([
    ['beside another one', ['phone'], `${carols}/phone`],
    ['alone', [], 'MISSING_VISA'],
  ])(
    'never to a visa for a terminal that no ID can have, which a store has %s, and its owner gets all else',
    async (_where, terminals, outcome) => {
      const store = new NaiveStore();
      await dim.addUser(store, alice);
      const [visa] = carol.visas as readonly [Visa];
      const visas = await Promise.all(
        terminals.map(async (one) => visa.with({ terminal: one }).sign(carol.keys.identity)),
      );
      await dim.addContact(store, { ...carol, visas });
      const data = JSON.stringify({ ...visa.properties, terminal: 'my phone' });
      const signature = encodeBase64(await carol.keys.identity.sign(encodeUtf8(data)));
      const odd = { did: carols, type: 'visa', data, signature };
      store.rows.set(`document ${carol.id.entityKey} ${data}`, JSON.stringify(odd));
      const packed = dim.messenger({ self: alice.id, store }).pack(hello, carol.id);
      const found = await packed.then(recipientsOf, (error: unknown) => [isDimError(error) ? error.code : error]);
      expect(found).toEqual([outcome]);
    },
  );

  test('to all members of a group', async () => {
    const names = recipientsOf(await sender.pack(toGroup, group.id));
    expect(names).toEqual([alice.id.toString(), `${bobs}/phone`, `${bobs}/desktop`, carols]);
  });

  test('to the RSA key of the meta where there is no visa', async () => {
    const store = await storeOf(alice, []);
    await dim.addContact(store, { ...bob, visas: [] });
    const packed = await dim.messenger({ self: alice.id, store }).pack(hello, bob.id.at('phone'));
    expect(recipientsOf(packed)).toEqual([bobs]);
    const phone = await messengerOf(bob, undefined, 'phone');
    expect((await phone.unpack(packed)).content.toMap()).toEqual(hello.toMap());
  });

  test('not to a visa whose key nobody knows', async () => {
    const store = await storeOf(alice, []);
    const [phone, desktop] = bob.visas as readonly [Visa, Visa];
    const strange = await phone.with({ key: { algorithm: 'ROT13' } }).sign(bob.keys.identity);
    await dim.addContact(store, { ...bob, visas: [strange, desktop] });
    const packed = await dim.messenger({ self: alice.id, store }).pack(hello, bob.id);
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
    const device = dim.messenger({ self: bob.id.at('phone'), store: await storeOf(bob) });
    const content = TextContent.create('Hello', { time: 1700000000 });
    expect(mapOf(await device.pack(content, alice.id))).toMatchObject({ sender: bobs, type: '1', time: 1700000000 });
    const timeless = dim.Content.parse({ type: '1', sn: 7, text: 'Hello' });
    const before = currentTime();
    const time = Number(mapOf(await device.pack(timeless, alice.id))['time']);
    expect(time >= before && time <= currentTime()).toBe(true);
  });
});

test('two devices of one name are both written to: one of an old client, which signs no terminal, and one without any', async () => {
  const [visa] = carol.visas as readonly [Visa];
  const device = await dim.DecryptKey.generate('RSA', { bits: 1024 });
  const old = await signedAs(carol, carol.id, { key: device.encryptKey, time: (visa.time ?? 0) + 1 });
  const store = await storeOf(alice);
  await dim.addContact(store, { ...carol, visas: [old] });
  const bytes = await dim.messenger({ self: alice.id, store }).pack(hello, carol.id);
  expect(recipientsOf(bytes)).toEqual([carols, `${carols}/*`]);
  for (const [terminal, decrypt] of [
    [undefined, carol.keys.decrypt],
    [undefined, [{ key: device }]],
    ['phone', carol.keys.decrypt],
    ['phone', [{ key: device }]],
  ] as const) {
    const own = new MemoryStore();
    await dim.addUser(own, { ...carol, keys: { identity: carol.keys.identity, decrypt } });
    await dim.addContact(own, alice);
    const user = terminal === undefined ? carol.id : carol.id.at(terminal);
    const { content } = await dim.messenger({ self: user, store: own }).unpack(bytes);
    expect(content).toMatchObject({ text: 'Hello' });
  }
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
    await dim.forget(store, alice.id);
    const badge = await dim.Document.create({ type: 'badge', did: alice.id, properties: { level: 3 } }).sign(
      alice.keys.identity,
    );
    await dim.addContact(store, { ...alice, visas: [badge] });
    const device = dim.messenger({ self: alice.id, store });
    const attached = async () => mapOf(await device.pack(hello, bob.id, { introduce: true }))['visa'];
    expect(await attached()).toBeUndefined();
    const [visa] = alice.visas as readonly [Visa];
    await dim.addContact(store, { ...alice, visas: [visa] });
    expect(await attached()).toEqual(visa.toMap());
  });

  test('attaches no visa whose private key is not here: nobody makes a sender introduce a key that was given up', async () => {
    const store = await storeOf(alice);
    const [visa] = alice.visas as readonly [Visa];
    const given = await dim.PrivateKey.generate('RSA', { bits: 1024 });
    const other = await visa.with({ terminal: 'old', key: given.publicKey }).sign(alice.keys.identity);
    await dim.addContact(store, { ...alice, visas: [other] });
    for (const user of [alice.id, alice.id.at('old')]) {
      const device = dim.messenger({ self: user, store });
      expect(mapOf(await device.pack(hello, bob.id, { introduce: true }))['visa']).toEqual(visa.toMap());
    }
  });

  test.each([
    ['another PEM', (pem: string) => createPublicKey(pem).export({ type: 'pkcs1', format: 'pem' }).toString()],
    ['other line breaks', (pem: string) => `${pem.replaceAll('\n', '\r\n')}\r\n`],
  ])('attaches the visa that another client wrote, with its key in %s', async (_what, change) => {
    const [visa] = alice.visas as readonly [Visa];
    const key = visa.encryptKey?.fields ?? {};
    const written = await visa.with({ key: { ...key, data: change(key['data'] as string) } }).sign(alice.keys.identity);
    const store = new MemoryStore();
    await dim.addUser(store, { ...alice, visas: [written] });
    await dim.addContact(store, bob);
    const device = dim.messenger({ self: alice.id, store });
    expect(mapOf(await device.pack(hello, bob.id, { introduce: true }))['visa']).toEqual(written.toMap());
  });

  test('is not made without being asked, and has no visa where there is none', async () => {
    expect(Object.keys(mapOf(await sender.pack(hello, bob.id)))).not.toEqual(expect.arrayContaining(['meta', 'visa']));
    const store = await storeOf(alice, [bob]);
    await dim.forget(store, alice.id);
    const device = dim.messenger({ self: alice.id, store });
    const introduced = async () => Object.keys(mapOf(await device.pack(hello, bob.id, { introduce: true })));
    expect((await introduced()).filter((name) => ['meta', 'visa'].includes(name))).toEqual([]);
    await dim.addContact(store, { ...alice, visas: [] });
    expect((await introduced()).filter((name) => ['meta', 'visa'].includes(name))).toEqual(['meta']);
  });
});

describe('a wireShape', () => {
  test('is that of the call, of the messenger, or 2.4', async () => {
    const store = await storeOf(alice);
    const typeOf = async (messenger: Messenger, options?: PackOptions) =>
      mapOf(await messenger.pack(hello, bob.id, options))['type'];
    const today = new Messenger(dim, { self: alice.id, store });
    const network = new Messenger(dim, { self: alice.id, store, wireShape: 'deployed' });
    expect([await typeOf(today), await typeOf(network)]).toEqual(['1', 1]);
    expect(await typeOf(today, { wireShape: 'deployed' })).toBe(1);
    expect(await typeOf(network, { wireShape: '2.4' })).toBe('1');
    // As callers of JavaScript do, and of TypeScript without exactOptionalPropertyTypes.
    expect(await typeOf(network, { wireShape: undefined } as object)).toBe(1);
    expect(await typeOf(network, { self: bob.id, clock: () => 0 } as object)).toBe(1);
    const old = mapOf(await today.pack(hello, carol.id, { wireShape: '2.0' }));
    expect([typeof old['key'], old['keys']]).toEqual(['string', undefined]);
  });

  test('network has no short names; the others have, when asked', async () => {
    const fault = ['USAGE_ARGUMENT', 'shortNames', 'the shape `deployed` has no short names'];
    const pack = async (options: PackOptions) => mapOf(await sender.pack(hello, bob.id, options));
    expect(await faultOf(() => pack({ wireShape: 'deployed', shortNames: true }))).toEqual(fault);
    expect((await pack({ wireShape: 'deployed', shortNames: false }))['sender']).toBe(alice.id.toString());
    expect((await pack({ shortNames: true }))['F']).toBe(alice.id.toString());
  });
});

describe('packing says what is missing', () => {
  test.each<[string, TextContent, ID, readonly string[]]>([
    [
      'a key of the receiver',
      hello,
      mallory.id,
      ['MISSING_VISA', 'receiver', `no key is known that encrypts to ${mallory.id.toString()}`],
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
    const unknown = ['MISSING_MEMBERS', 'receiver', `no members are known of ${other.id.toString()}`];
    expect(await faultOf(() => sender.pack(toOther, other.id))).toEqual(unknown);
  });

  test('a visa where the key of the meta does not encrypt, and a key of each member', async () => {
    const fault = ['MISSING_VISA', 'receiver', `no key is known that encrypts to ${carols}`];
    const messenger = await knowing();
    expect(await faultOf(() => messenger.pack(hello, carol.id))).toEqual(fault);
    const store = await storeOf(alice, [bob]);
    const toMembers = dim.messenger({ self: alice.id, store });
    expect(await faultOf(() => toMembers.pack(toGroup, group.id))).toEqual(fault);
  });

  test('a key that signs', async () => {
    const store = await storeOf(bob);
    store.commit([{ do: 'keep-keys', id: bob.id, keys: { decrypt: bob.keys.decrypt } }]);
    const error = await errorOf(() => dim.messenger({ self: bob.id, store }).pack(hello, alice.id));
    expect([error.code, error.reason]).toEqual(['MISSING_PRIVATE_KEY', 'the user has no private key to sign with']);
    expect(error.missing).toEqual([{ what: 'private-key', id: bob.id }]);
  });

  test('all of it, whose and what', async () => {
    const store = await storeOf(alice, []);
    await dim.addContact(store, { ...carol, visas: [] });
    const error = await errorOf(() => dim.messenger({ self: alice.id, store }).pack(toGroup, group.id));
    expect([error.code, error.reason]).toEqual(['MISSING_VISA', `no key is known that encrypts to ${bobs} and 1 more`]);
    expect(error.missing.map(({ what, id }) => `${what} of ${id.toString()}`)).toEqual([
      `meta of ${bobs}`,
      `visa of ${bobs}`,
      `visa of ${carols}`,
    ]);
    const unknown = await dim.createGroup({ founder: alice, members: [], name: 'Other', seed: 'other' });
    const toUnknown = TextContent.create('x', { group: unknown.id });
    expect((await errorOf(() => sender.pack(toUnknown, unknown.id))).missing).toEqual([
      { what: 'members', id: unknown.id },
    ]);
  });
});

describe('a group with members who cannot be reached', () => {
  test('is written to without them when that is asked for, and says whom it left out', async () => {
    const store = await storeOf(alice, [carol]);
    const messenger = dim.messenger({ self: alice.id, store });
    const { message, unreachable } = await messenger.packMessage(toGroup, group.id, { skipUnreachable: true });
    expect(unreachable.map(({ what, id }) => `${what} of ${id.toString()}`)).toEqual([
      `meta of ${bobs}`,
      `visa of ${bobs}`,
    ]);
    expect([...message.keys.keys()]).toEqual([alice.id.toString(), carols]);
    expect((await (await messengerOf(carol)).open(message)).content.toMap()).toEqual(toGroup.toMap());
    expect((await sender.packMessage(toGroup, group.id)).unreachable).toEqual([]);
    // @ts-expect-error: bytes tell of nobody who was left out
    const fault = () => messenger.pack(toGroup, group.id, { skipUnreachable: false });
    expect((await errorOf(fault)).code).toBe('MISSING_VISA');
  });

  test('is not written to where nobody is left, nor is a person', async () => {
    const store = await storeOf(alice, []);
    await dim.setMembers(store, group.id, [bob.id, carol.id]);
    const messenger = dim.messenger({ self: alice.id, store });
    for (const [content, receiver] of [
      [toGroup, group.id],
      [hello, bob.id],
    ] as const)
      expect((await errorOf(() => messenger.packMessage(content, receiver, { skipUnreachable: true }))).code).toBe(
        'MISSING_VISA',
      );
  });
});

describe('nothing goes out in the clear', () => {
  test('because of a network byte that the receiver chose', async () => {
    for (const network of [0x80, 0x88, 0xc8]) {
      const open = dim.ID.parse(carol.meta.id(network).toString());
      expect(open.isBroadcast).toBe(true);
      const error = await errorOf(() => sender.pack(hello, open));
      expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'receiver']);
      expect(error.reason).toContain('legacyNetworks');
      expect(mapOf(await sender.pack(hello, open, { broadcast: true }))['data']).toBe(hello.serialize());
    }
    const room = dim.ID.parse(carol.meta.id(0x81).toString());
    const toRoom = TextContent.create('only for us', { group: room });
    expect((await errorOf(() => sender.pack(toRoom, room))).path).toBe('receiver');
    const exposed = () => sender.pack(toRoom, bob.id, { exposeGroup: true });
    expect((await errorOf(exposed)).path).toBe('group');
    // Nor of the group that a content names which one answers.
    const toEveryone = TextContent.create('only for you', { group: EVERYONE });
    const answer = () => sender.pack(toEveryone, bob.id, { exposeGroup: true });
    expect((await errorOf(answer)).path).toBe('group');
    expect(recipientsOf(await sender.pack(toEveryone, bob.id))).not.toEqual([]);
    expect(mapOf(await sender.pack(toEveryone, EVERYONE))['data']).toBe(toEveryone.serialize());
  });

  test('for old stations, in a context that knows their bytes', async () => {
    const network = createDim({ plugins: [standardPlugin()], wireShape: 'deployed' });
    const station = await network.createUser({ name: 'Station', seed: 'station', type: 0x88, algorithm: 'RSA' });
    expect([station.id.isBroadcast, station.id.type]).toEqual([false, EntityType.STATION]);
    const store = new MemoryStore();
    await network.addUser(store, alice);
    await network.addContact(store, station);
    expect(recipientsOf(await network.messenger({ self: alice.id, store }).pack(hello, station.id))).toHaveLength(1);
  });

  test('and the receiver is told whether it did', async () => {
    const reader = await messengerOf(bob);
    expect((await reader.unpack(await sender.pack(hello, bob.id))).wasEncrypted).toBe(true);
    expect((await reader.unpack(await sender.pack(hello, EVERYONE))).wasEncrypted).toBe(false);
  });
});

describe('what no reader would take', () => {
  test('is not sent: a content that a reader refuses, with the place', async () => {
    const good = newContentInit('1', { text: 'x' });
    const bad = new UnknownContent({ ...good, fields: { type: '1', sn: 7, text: 5 } });
    const error = await errorOf(() => sender.pack(bad, bob.id));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'content.text']);
  });

  test('is not sent: what is larger or deeper than the limits', async () => {
    const small = createDim({ plugins: [standardPlugin()], limits: { messageBytes: 4000, contentDepth: 1 } });
    const messenger = small.messenger({ self: alice.id, store: await storeOf(alice) });
    const large = await errorOf(() => messenger.pack(TextContent.create('x'.repeat(3500)), bob.id));
    expect([large.code, large.path]).toEqual(['USAGE_ARGUMENT', 'content']);
    expect(large.reason).toContain('limits.messageBytes');
    const nested = ArrayContent.create([ArrayContent.create([ArrayContent.create([hello])])]);
    const deep = await errorOf(() => messenger.pack(nested, bob.id));
    expect([deep.code, deep.path]).toEqual(['USAGE_ARGUMENT', 'content.contents[0].contents[0]']);
    await messenger.pack(hello, bob.id);
  });

  test('is not sent: what a wireShape makes larger than the limits', async () => {
    const small = createDim({ plugins: [standardPlugin()], limits: { jsonValues: 5 } });
    const messenger = small.messenger({ self: alice.id, store: await storeOf(alice) });
    const ping = small.Content.parse({ type: '136', sn: 7, time: 5, command: 'ping' });
    const error = await errorOf(() => messenger.pack(ping, bob.id, { wireShape: 'deployed' }));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'content']);
    await messenger.pack(ping, bob.id);
  });

  test('is not sent: what was read and has no form in UTF-8', async () => {
    const cut = dim.Content.parse({ type: '1', sn: 7, time: 5, text: 'x\ud800' });
    for (const receiver of [bob.id, EVERYONE]) {
      const error = await errorOf(() => sender.pack(cut, receiver));
      expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'content']);
    }
  });

  test.each([Number.NaN, -5, Date.now(), Infinity])('is not sent: at the time %p', async (time) => {
    const error = await errorOf(() => sender.pack(hello, bob.id, { time }));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'time']);
  });
});

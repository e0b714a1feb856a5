/** What a store in memory lets in, and what it remembers. */
import { describe, expect, test } from '@jest/globals';
import { standardPlugins } from 'dimplugins';
import {
  createDim,
  currentTime,
  defineKeyAlgorithm,
  definePlugin,
  encodeBase64,
  encodeUtf8,
  MemoryStore,
  type JsonMap,
  type MetaAlarm,
  type PublicKey,
  type Visa,
} from '../../src/index.ts';
import { alice, bob, carol, dim, errorOf, faultOf, group, mallory } from '../world.ts';

describe('metas', () => {
  test('must be those of their ID', async () => {
    const store = new MemoryStore();
    const fault = ['CRYPTO_VERIFY', '', 'the meta is not that of the ID'];
    expect(await faultOf(() => store.saveMeta(alice.id, bob.meta))).toEqual(fault);
    const forged = dim.Meta.parse({ ...carol.meta.toMap(), key: mallory.meta.toMap()['key'] });
    expect(await faultOf(() => store.saveMeta(carol.id, forged))).toEqual(fault);
    expect([store.meta(alice.id), store.meta(carol.id)]).toEqual([undefined, undefined]);
  });

  test('the first is pinned, the same again is fine, and terminals do not matter', async () => {
    const store = new MemoryStore();
    await store.saveMeta(bob.id, bob.meta);
    await store.saveMeta(bob.id.at('phone'), dim.Meta.parse(bob.meta.toMap()));
    expect(store.meta(bob.id.at('tablet'))).toBe(bob.meta);
  });

  test('another one for the same ID is an alarm', async () => {
    // A meta that passes every check and has another key cannot be made here: a store that finds one pinned can.
    class Tampered extends MemoryStore {
      override meta() {
        return mallory.meta;
      }
    }
    const alarms: MetaAlarm[] = [];
    const store = new Tampered({ onMetaChanged: (alarm) => void alarms.push(alarm) });
    const fault = ['CRYPTO_META_CHANGED', 'meta', 'another meta is pinned for the ID'];
    expect(await faultOf(() => store.saveMeta(alice.id, alice.meta))).toEqual(fault);
    expect(alarms).toEqual([{ id: alice.id, pinned: mallory.meta, offered: alice.meta }]);
    // Nobody needs to listen.
    expect(await faultOf(() => new Tampered().saveMeta(alice.id, alice.meta))).toEqual(fault);
  });

  test('the same bytes in another algorithm are another key', async () => {
    const read = (fields: JsonMap): PublicKey => {
      const key = dim.PublicKey.parse({ ...fields, algorithm: 'ECC' });
      const verify = (message: Uint8Array, signature: Uint8Array) => key.verify(message, signature);
      return { algorithm: 'TWIN', data: key.data, fields, verify, toJSON: () => fields };
    };
    const twins = definePlugin('twins', [defineKeyAlgorithm({ algorithm: 'TWIN', publicKey: { read } })]);
    const context = createDim({ plugins: [standardPlugins(), twins] });
    const map = carol.meta.toMap();
    const twin = context.Meta.parse({ ...map, key: { ...(map['key'] as object), algorithm: 'TWIN' } });
    const store = new MemoryStore();
    await store.saveMeta(carol.id, carol.meta);
    expect((await errorOf(() => store.saveMeta(carol.id, twin))).code).toBe('CRYPTO_META_CHANGED');
    expect(store.meta(carol.id)).toBe(carol.meta);
  });

  test('what is forgotten is pinned anew', async () => {
    const store = new MemoryStore();
    await store.addContact(bob);
    store.forget(bob.id);
    expect([store.meta(bob.id), store.documents(bob.id)]).toEqual([undefined, []]);
    await store.addContact(bob);
    expect(store.meta(bob.id)).toBe(bob.meta);
  });
});

describe('documents', () => {
  test('need the meta first, and its signature', async () => {
    const store = new MemoryStore();
    const [visa] = alice.visas;
    const missing = ['MISSING_META', '', 'a document needs the meta of its ID first'];
    expect(await faultOf(() => store.saveDocument(visa as Visa))).toEqual(missing);
    await store.saveMeta(alice.id, alice.meta);
    expect(await store.saveDocument(visa as Visa)).toBe(true);
    const forged = await (visa as Visa).with({ name: 'Mallory' }).sign(mallory.privateKeys[0]);
    const foreign = ['CRYPTO_VERIFY', '', 'the document is not signed by its ID'];
    expect(await faultOf(() => store.saveDocument(forged))).toEqual(foreign);
    expect(store.documents(alice.id)).toEqual([visa]);
  });

  test('a newer one replaces an older one of the same terminal, never the other way', async () => {
    const store = new MemoryStore();
    await store.addContact(bob);
    const [phone, desktop] = bob.visas as readonly [Visa, Visa];
    const newer = await phone.with({ name: 'Robert' }).sign(bob.privateKeys[0], { time: (phone.time ?? 0) + 10 });
    expect(await store.saveDocument(newer)).toBe(true);
    expect(await store.saveDocument(phone)).toBe(false);
    expect(store.documents(bob.id)).toEqual([newer, desktop]);
  });
});

describe('the newest documents', () => {
  const [identityKey] = bob.privateKeys;
  const visaOf = async (time: number, change: object = {}) =>
    (bob.visas[0] as Visa).with({ name: String(time), ...change }).sign(identityKey, { time });
  const storeAt = async (time: number, options: object = {}) => {
    const store = new MemoryStore({ clock: () => time, ...options });
    await store.saveMeta(bob.id, bob.meta);
    return store;
  };

  test('of the same time, or without one, replace nothing', async () => {
    const store = await storeAt(2000);
    const data = JSON.stringify({ type: 'visa', name: 'x' });
    const signature = encodeBase64(await identityKey.sign(encodeUtf8(data)));
    const timeless = dim.Document.parse({ type: 'visa', did: bob.id.at('phone').toString(), data, signature });
    expect([await store.saveDocument(timeless), await store.saveDocument(timeless)]).toEqual([true, false]);
    const [first, same, newer] = [await visaOf(1000), await visaOf(1000, { name: 'x' }), await visaOf(1000.5)];
    expect([await store.saveDocument(first), await store.saveDocument(same)]).toEqual([true, false]);
    expect([await store.saveDocument(newer), await store.saveDocument(first)]).toEqual([true, false]);
    expect(await store.saveDocument(timeless)).toBe(false);
    expect(store.documents(bob.id)).toEqual([newer]);
  });

  test('of each type stand beside each other', async () => {
    const store = new MemoryStore();
    await store.addContact(alice);
    const [visa] = alice.visas;
    const later = { time: (visa?.time ?? 0) + 10 };
    const others = await Promise.all(
      ['profile', 'badge'].map(async (type) =>
        dim.Document.create({ type, did: alice.id, properties: {} }).sign(alice.privateKeys[0], later),
      ),
    );
    for (const other of others) expect(await store.saveDocument(other)).toBe(true);
    expect(store.documents(alice.id)).toEqual([visa, ...others]);
  });

  const future = ['INPUT_TIME', 'data.time', 'is in the future'];

  test('from the future are refused: nothing could replace them', async () => {
    const store = await storeAt(2000, { maxSkew: 60 });
    expect(await faultOf(async () => store.saveDocument(await visaOf(2061)))).toEqual(future);
    expect(await store.saveDocument(await visaOf(2060))).toBe(true);
  });

  test('may be a day ahead of the time now, if nothing else is said', async () => {
    const store = new MemoryStore();
    await store.saveMeta(bob.id, bob.meta);
    const tomorrow = currentTime() + 24 * 60 * 60;
    expect(await faultOf(async () => store.saveDocument(await visaOf(tomorrow + 60)))).toEqual(future);
    expect(await store.saveDocument(await visaOf(tomorrow - 60))).toBe(true);
  });

  test.each<[object, number]>([
    [{ documentsPerId: 2 }, 2],
    [{}, 64],
  ])('of one ID are no more than the limit: %j', async (options, limit) => {
    const store = await storeAt(2000, options);
    const at = async (terminal: number, time: number) =>
      dim.Document.create({ type: 'visa', did: bob.id.at(`t${terminal}`), properties: {} }).sign(identityKey, { time });
    for (let terminal = 0; terminal < limit; terminal++)
      expect(await store.saveDocument(await at(terminal, 1000))).toBe(true);
    const fault = ['INPUT_LIMIT', '', `an ID has at most ${limit} documents`];
    expect(await faultOf(async () => store.saveDocument(await at(limit, 1000)))).toEqual(fault);
    expect(await store.saveDocument(await at(1, 1001))).toBe(true);
    expect(store.documents(bob.id)).toHaveLength(limit);
  });
});

test('members and private keys are those that were given, and none of others', async () => {
  const store = new MemoryStore();
  await store.addUser(bob);
  await store.addContact(carol);
  await store.addGroup(group);
  expect([store.privateKeys(bob.id.at('phone')), store.privateKeys(carol.id)]).toEqual([bob.privateKeys, []]);
  expect([store.members(group.id), store.members(bob.id)]).toEqual([group.members, []]);
  expect(store.documents(group.id)).toEqual([group.bulletin]);
  store.setMembers(group.id, [carol.id]);
  expect(store.members(group.id)).toEqual([carol.id]);
});

describe('message keys', () => {
  test('are kept by direction, and no more of them than asked for', async () => {
    const store = new MemoryStore({ messageKeys: 2 });
    const key = await dim.SymmetricKey.generate('AES');
    const directions = [alice, bob, carol].map(({ id }) => ({ sender: mallory.id, destination: id }));
    for (const direction of directions) store.saveMessageKey(direction, key);
    expect(directions.map((direction) => store.messageKey(direction) === key)).toEqual([false, true, true]);
    expect(store.messageKey({ sender: carol.id, destination: mallory.id })).toBeUndefined();
  });

  test('are 10,000 where nothing is said', async () => {
    const store = new MemoryStore();
    const key = await dim.SymmetricKey.generate('AES');
    const to = (index: number) => ({
      sender: alice.id,
      destination: dim.ID.create({ name: `u${index}`, address: bob.id.address }),
    });
    for (let index = 0; index <= 10_000; index++) store.saveMessageKey(to(index), key);
    expect([store.messageKey(to(0)), store.messageKey(to(1))]).toEqual([undefined, key]);
  });
});

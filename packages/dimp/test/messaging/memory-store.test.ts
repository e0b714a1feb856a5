import { describe, expect, test } from '@jest/globals';
import { MemoryStore, type MetaAlarm, type Visa } from '../../src/index.ts';
import { alice, bob, carol, dim, errorOf, mallory } from '../world.ts';

describe('metas', () => {
  test('must be those of their ID', async () => {
    const store = new MemoryStore();
    expect((await errorOf(() => store.saveMeta(alice.id, bob.meta))).code).toBe('CRYPTO_VERIFY');
    const forged = dim.Meta.parse({ ...carol.meta.toMap(), key: mallory.meta.toMap()['key'] });
    expect((await errorOf(() => store.saveMeta(carol.id, forged))).code).toBe('CRYPTO_VERIFY');
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
    expect((await errorOf(() => store.saveMeta(alice.id, alice.meta))).code).toBe('CRYPTO_META_CHANGED');
    expect(alarms).toEqual([{ id: alice.id, pinned: mallory.meta, offered: alice.meta }]);
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
    expect((await errorOf(() => store.saveDocument(visa as Visa))).code).toBe('MISSING_META');
    await store.saveMeta(alice.id, alice.meta);
    expect(await store.saveDocument(visa as Visa)).toBe(true);
    const forged = await (visa as Visa).with({ name: 'Mallory' }).sign(mallory.privateKeys[0]);
    expect((await errorOf(() => store.saveDocument(forged))).code).toBe('CRYPTO_VERIFY');
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
  const visaOf = async (time: number, change: object = {}) =>
    (bob.visas[0] as Visa).with({ name: String(time), ...change }).sign(bob.privateKeys[0], { time });

  test('of the same time, or without one, replace nothing', async () => {
    const store = new MemoryStore({ clock: () => 2000 });
    await store.saveMeta(bob.id, bob.meta);
    const [first, same, newer] = [await visaOf(1000), await visaOf(1000, { name: 'x' }), await visaOf(1000.5)];
    expect([await store.saveDocument(first), await store.saveDocument(same)]).toEqual([true, false]);
    expect([await store.saveDocument(newer), await store.saveDocument(first)]).toEqual([true, false]);
    expect(store.documents(bob.id)).toEqual([newer]);
    const data = JSON.stringify({ type: 'visa', name: 'x' });
    const signature = Buffer.from(await bob.privateKeys[0].sign(new TextEncoder().encode(data))).toString('base64');
    const timeless = dim.Document.parse({ type: 'visa', did: bob.id.at('phone').toString(), data, signature });
    expect(await store.saveDocument(timeless)).toBe(false);
  });

  test('from the future are refused: nothing could replace them', async () => {
    const store = new MemoryStore({ clock: () => 2000, maxSkew: 60 });
    await store.saveMeta(bob.id, bob.meta);
    const error = await errorOf(async () => store.saveDocument(await visaOf(2061)));
    expect([error.code, error.path]).toEqual(['INPUT_TIME', 'data.time']);
    expect(await store.saveDocument(await visaOf(2060))).toBe(true);
  });

  test('of one ID are no more than the limit', async () => {
    const store = new MemoryStore({ documentsPerId: 2, clock: () => 2000 });
    await store.saveMeta(bob.id, bob.meta);
    const at = async (terminal: string, time: number) =>
      dim.Document.create({ type: 'visa', did: bob.id.at(terminal), properties: {} }).sign(bob.privateKeys[0], {
        time,
      });
    for (const terminal of ['a', 'b']) await store.saveDocument(await at(terminal, 1000));
    expect((await errorOf(async () => store.saveDocument(await at('c', 1000)))).code).toBe('INPUT_LIMIT');
    expect(await store.saveDocument(await at('b', 1001))).toBe(true);
    expect(store.documents(bob.id)).toHaveLength(2);
  });
});

test('message keys are kept by direction, and no more of them than asked for', async () => {
  const store = new MemoryStore({ messageKeys: 2 });
  const key = await dim.SymmetricKey.generate('AES');
  const directions = [alice, bob, carol].map(({ id }) => ({ sender: mallory.id, destination: id }));
  for (const direction of directions) store.saveMessageKey(direction, key);
  expect(directions.map((direction) => store.messageKey(direction) === key)).toEqual([false, true, true]);
  expect(store.messageKey({ sender: carol.id, destination: mallory.id })).toBeUndefined();
});

import { describe, expect, test } from '@jest/globals';
import { MemoryStore, type Visa } from '../../src/index.ts';
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
    expect((await errorOf(() => new Tampered().saveMeta(alice.id, alice.meta))).code).toBe('CRYPTO_META_CHANGED');
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

test('message keys are kept by direction, and no more of them than asked for', async () => {
  const store = new MemoryStore({ messageKeys: 2 });
  const key = await dim.SymmetricKey.generate('AES');
  const directions = [alice, bob, carol].map(({ id }) => ({ sender: mallory.id, destination: id }));
  for (const direction of directions) store.saveMessageKey(direction, key);
  expect(directions.map((direction) => store.messageKey(direction) === key)).toEqual([false, true, true]);
  expect(store.messageKey({ sender: carol.id, destination: mallory.id })).toBeUndefined();
});

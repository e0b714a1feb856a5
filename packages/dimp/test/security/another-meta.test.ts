/** Another meta of a known sender: an alarm only by who has its key, and never a way to lose the right one. */
import { beforeAll, describe, expect, test } from '@jest/globals';
import { MemoryStore, TextContent, verifyMeta } from '../../src/index.ts';
import type { Meta, VerifiedMeta } from '../../src/index.ts';
import { bob, changed, faultOf, mallory, messengerOf } from '../world.ts';
import { alice, twinOf, withTwins } from '../trust/twins.ts';

/** What Bob gets of Alice, who introduces herself; and what Mallory signs as Alice. */
let honest: Uint8Array;
let forged: Uint8Array;

beforeAll(async () => {
  const hello = TextContent.create('Hello');
  honest = await (await messengerOf(alice)).pack(hello, bob.id, { introduce: true });
  const byMallory = await (await messengerOf(mallory)).pack(hello, bob.id);
  forged = changed(byMallory, { sender: alice.id.toString() });
});

async function bobWith(meta: Meta, visas = alice.visas) {
  const store = new MemoryStore();
  await withTwins.addUser(store, bob);
  const device = withTwins.messenger({ self: bob.id, store, replay: false });
  await device.learn({ id: alice.id, meta, documents: visas });
  return { store, device };
}
const keyIn = (store: MemoryStore) => (store.meta(alice.id)?.meta as VerifiedMeta | undefined)?.publicKey.toJSON();
const keyOf = ({ keys }: typeof alice) => keys.identity.publicKey.toJSON();

describe('where the pinned one has proven itself', () => {
  test('it is no alarm by being there: a message that its key did not sign is one that does not verify', async () => {
    const { store, device } = await bobWith(alice.meta);
    const garbage = changed(honest, { signature: 'AAAA', meta: twinOf(mallory) });
    expect((await faultOf(() => device.unpack(garbage)))[0]).toBe('CRYPTO_VERIFY');
    // And beside what she signed herself it is a wrong introduction, and nothing more.
    const { content, introduction } = await device.unpack(changed(honest, { meta: twinOf(mallory) }));
    expect(content.fields['text']).toBe('Hello');
    expect(introduction).toMatchObject({ code: 'CRYPTO_VERIFY', path: 'meta' });
    expect(keyIn(store)).toEqual(keyOf(alice));
  });

  test('it is an alarm when its key signed the message, and the pin stays', async () => {
    const { store, device } = await bobWith(alice.meta);
    const [code, path] = await faultOf(() => device.unpack(changed(forged, { meta: twinOf(mallory) })));
    expect([code, path]).toEqual(['CRYPTO_META_CHANGED', 'meta']);
    expect(keyIn(store)).toEqual(keyOf(alice));
    expect((await device.unpack(honest)).content.fields['text']).toBe('Hello');
  });
});

describe('where the pinned one came first, and proved nothing', () => {
  test('the right one takes its place with the first message, and is not the alarm', async () => {
    const { store, device } = await bobWith(twinOf(mallory), []);
    expect(store.meta(alice.id)?.isProven).toBe(false);
    expect((await device.unpack(honest)).introduction).toBe('kept');
    expect([keyIn(store), store.meta(alice.id)?.isProven]).toEqual([keyOf(alice), true]);
  });

  test('where two processes crossed, documents of the right one stay beside it, and the next message heals it', async () => {
    const { store, device } = await bobWith(alice.meta);
    const meta = await verifyMeta(twinOf(mallory), alice.id);
    if (meta) store.commit([{ do: 'pin-meta', id: alice.id, meta, isProven: false }]);
    expect((await faultOf(() => device.pack(TextContent.create('x'), alice.id)))[0]).toMatch(/^MISSING_/);
    expect((await device.unpack(honest)).introduction).toBe('kept');
    expect([keyIn(store), store.meta(alice.id)?.isProven]).toEqual([keyOf(alice), true]);
    const answer = await device.pack(TextContent.create('x'), alice.id);
    const reader = await messengerOf(alice);
    expect((await reader.unpack(answer)).content.fields['text']).toBe('x');
  });

  test('what an application adds by itself takes its place, and proves itself as any other', async () => {
    const { store } = await bobWith(twinOf(mallory), []);
    await withTwins.addContact(store, { ...alice, visas: [] });
    expect([keyIn(store), store.meta(alice.id)?.isProven]).toEqual([keyOf(alice), false]);
    await withTwins.addContact(store, alice);
    expect(store.meta(alice.id)?.isProven).toBe(true);
    const [code] = await faultOf(() => withTwins.addContact(store, { ...alice, meta: twinOf(mallory), visas: [] }));
    expect([code, keyIn(store)]).toEqual(['CRYPTO_VERIFY', keyOf(alice)]);
  });

  test('a message that does not bring a meta waits for one, and is not refused for good', async () => {
    const { device } = await bobWith(twinOf(mallory), []);
    const later = changed(honest, { meta: undefined, visa: undefined });
    const error = await device.unpack(later).catch((thrown: unknown) => thrown);
    expect(error).toMatchObject({
      code: 'MISSING_META',
      path: 'sender',
      missing: [
        { what: 'meta', id: alice.id },
        { what: 'visa', id: alice.id },
      ],
    });
    // The answer to the query that follows.
    await device.learn({ id: alice.id, meta: alice.meta, documents: alice.visas });
    expect((await device.unpack(later)).content.fields['text']).toBe('Hello');
    expect((await faultOf(() => device.unpack(changed(forged, {}))))[0]).toBe('CRYPTO_VERIFY');
  });
});

/** Messages and answers that come at once: what is known afterwards is what it would be had they come one by one. */
import { expect, test } from '@jest/globals';
import { learnIdentity, MemoryStore, TextContent, VerifiedMeta, verifyMeta } from '../../src/index.ts';
import type { Document, Store, Visa } from '../../src/index.ts';
import { knownDocuments } from '../../src/trust/known-identity.ts';
import { bob, changed, dim, mallory, messengerOf, storeOf } from '../world.ts';
import { NaiveStore } from '../trust/identities.ts';
import { alice, twinOf, withTwins } from '../trust/twins.ts';
import { failingOnce } from '../failing-store.ts';

const [visa] = mallory.visas as readonly [Visa];
const newer = await visa.with({ name: 'newer' }).sign(mallory.keys.identity, { time: (visa.time ?? 0) + 5 });

/** What Bob gets of Mallory, with one of her visas. */
async function introducedBy(attached: Document): Promise<Uint8Array> {
  const sender = await messengerOf(mallory);
  const bytes = await sender.pack(TextContent.create('Hello'), bob.id, { introduce: true });
  return changed(bytes, { visa: attached });
}

async function naiveStore(): Promise<NaiveStore> {
  const store = new NaiveStore();
  await dim.addUser(store, bob);
  return store;
}

const documentsIn = async (store: Store): Promise<readonly unknown[]> =>
  ((await store.documents(mallory.id)) ?? []).map((kept) => JSON.stringify('document' in kept ? kept.document : kept));

test.each<[string, () => Promise<Store>]>([
  ['in memory', async () => storeOf(bob)],
  ['that only stores', naiveStore],
])('an older visa does not stay beside a newer one, in a store %s', async (_what, open) => {
  for (const order of [
    [visa, newer],
    [newer, visa],
  ]) {
    const store = await open();
    const reader = dim.messenger({ self: bob.id, store });
    const bytes = await Promise.all(order.map(introducedBy));
    await Promise.all(bytes.map(async (each) => reader.unpack(each)));
    expect(await documentsIn(store)).toEqual([newer.serialize()]);
    // Nor by what the application learns, nor by a second reader over the same store.
    const other = await open();
    const readers = [dim.messenger({ self: bob.id, store: other }), dim.messenger({ self: bob.id, store: other })];
    const offer = (document: Document) => ({ id: mallory.id, meta: mallory.meta, documents: [document] });
    await Promise.all(order.map(async (document, index) => readers[index]?.learn(offer(document))));
    expect(await documentsIn(other)).toEqual([newer.serialize()]);
  }
});

test('an older visa that two processes kept beside a newer one does not count', async () => {
  const store = await storeOf(bob);
  // As each of them planned without the other.
  const plans = await Promise.all(
    [visa, newer].map((document) =>
      learnIdentity(dim, store, { id: mallory.id, meta: mallory.meta, documents: [document] }),
    ),
  );
  for (const { changes } of plans) store.commit(changes);
  expect(store.documents(mallory.id)).toHaveLength(2);
  const owner = await verifyMeta(mallory.meta, mallory.id);
  const counted = owner && (await knownDocuments(dim, store, { meta: owner, isProven: true }));
  expect(counted && counted.map(({ document }) => document.name)).toEqual(['newer']);
  const outcome = await learnIdentity(dim, store, { id: mallory.id, documents: [visa] });
  expect(outcome.value.documents).toEqual(['known']);
});

test('a meta that proves nothing does not take the place of one that has, however they meet', async () => {
  const store = new MemoryStore();
  const learner = withTwins.messenger({ self: bob.id, store });
  // What takes long to be found wrong ends after what is right.
  const [signed] = alice.visas as readonly [Visa];
  const wrong = Array.from({ length: 20 }, (_, index) =>
    withTwins.Document.parse({ ...signed.toMap(), data: signed.data?.replace('"Alice"', `"Alice ${index}"`) }),
  );
  const results = await Promise.allSettled([
    learner.learn({ id: alice.id, meta: twinOf(mallory), documents: wrong }),
    learner.learn({ id: alice.id, meta: alice.meta, documents: alice.visas }),
  ]);
  expect(results[1]?.status).toBe('fulfilled');
  const { meta, isProven } = store.meta(alice.id) ?? {};
  expect([VerifiedMeta.is(meta) && meta.publicKey.toJSON(), isProven]).toEqual([
    alice.keys.identity.publicKey.toJSON(),
    true,
  ]);
  expect(store.documents(alice.id)).toHaveLength(1);
});

test('who is forgotten while a message comes in is forgotten, or known as a whole', async () => {
  const store = await storeOf(bob);
  const reader = dim.messenger({ self: bob.id, store });
  await reader.unpack(await introducedBy(visa));
  await Promise.all([reader.unpack(await introducedBy(newer)), dim.forget(store, mallory.id)]);
  expect(store.meta(mallory.id) === undefined).toBe(store.documents(mallory.id).length === 0);
});

test('a change that fails ends its own turn, and no other', async () => {
  const store = await storeOf(bob);
  const reader = dim.messenger({ self: bob.id, store: failingOnce(store) });
  const bytes = await Promise.all([visa, newer, visa].map(introducedBy));
  const results = await Promise.allSettled(bytes.map(async (each) => reader.unpack(each)));
  expect(results.map(({ status }) => status).sort()).toEqual(['fulfilled', 'fulfilled', 'rejected']);
  expect(store.meta(mallory.id)?.isProven).toBe(true);
});

/** Whom a store believes: the first meta, unless another one proves itself and the first never did. */
import { createPublicKey } from 'node:crypto';
import { describe, expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  createDim,
  defineKeyAlgorithm,
  definePlugin,
  learnIdentity,
  MemoryStore,
  TextContent,
  verifyMeta,
  type Document,
  type JsonMap,
  type Meta,
  type PublicKey,
  type VerifiedMeta,
  type Visa,
} from '../../src/index.ts';
import { alice, bob, carol, dim, faultOf, group, mallory } from '../world.ts';
import { signedAs } from './identities.ts';
import { twinOf, withTwins } from './twins.ts';

const twinVisa = async (owner: typeof mallory) =>
  signedAs(owner, alice.id, { type: 'visa', did: alice.id.toString(), name: 'Twin', time: 1700000000 });

async function learn(store: MemoryStore, meta: Meta, documents: readonly Visa[] = []) {
  const plan = await learnIdentity(withTwins, store, { id: alice.id, meta, documents });
  store.commit(plan.changes);
  return plan;
}
const pinnedKey = (store: MemoryStore) => (store.meta(alice.id)?.meta as VerifiedMeta | undefined)?.publicKey.toJSON();
const pkcs1Of = (pem: string) => createPublicKey(pem).export({ type: 'pkcs1', format: 'pem' }).toString();
const keyOf = ({ keys }: typeof alice) => keys.identity.publicKey.toJSON();

describe('a meta', () => {
  test('must be that of its ID', async () => {
    const store = new MemoryStore();
    const fault = ['CRYPTO_VERIFY', 'meta', 'the meta is not that of the ID'];
    const offer = { id: alice.id, meta: bob.meta };
    expect(await faultOf(() => learnIdentity(dim, store, offer))).toEqual(fault);
    const forged = dim.Meta.parse({ ...carol.meta.toMap(), key: mallory.meta.toMap()['key'] });
    expect(await faultOf(() => learnIdentity(dim, store, { id: carol.id, meta: forged }))).toEqual(fault);
    expect(await faultOf(() => dim.addContact(store, { ...alice, meta: bob.meta }))).toEqual(fault);
    expect([store.meta(alice.id), store.meta(carol.id)]).toEqual([undefined, undefined]);
  });

  test('is needed first', async () => {
    const error = await learnIdentity(dim, new MemoryStore(), { id: alice.id, documents: alice.visas }).catch(
      (reason: unknown) => reason,
    );
    expect(error).toMatchObject({ code: 'MISSING_META', missing: [{ what: 'meta', id: alice.id }] });
  });

  test('is pinned provisionally, and for good when its key has verified something', async () => {
    const store = new MemoryStore();
    await learn(store, alice.meta);
    expect(store.meta(alice.id)?.isProven).toBe(false);
    expect((await learn(store, alice.meta)).changes).toEqual([]);
    await learn(store, alice.meta, alice.visas);
    expect(store.meta(alice.id.at('x'))?.isProven).toBe(true);
    expect((await learn(store, alice.meta, alice.visas)).changes).toEqual([]);
  });

  test('keeps nothing that others added to it', async () => {
    const store = new MemoryStore();
    const junk = 'x'.repeat(10_000);
    const padded = dim.Meta.parse({
      ...bob.meta.toMap(),
      junk,
      key: { ...bob.meta.publicKey.fields, junk, list: [1] },
    });
    const visas = bob.visas.map((visa) => dim.Document.parse({ ...visa.toMap(), junk }));
    await dim.addContact(store, { id: bob.id, meta: padded, visas });
    const kept = [store.meta(bob.id)?.meta, ...store.documents(bob.id)];
    expect(JSON.stringify(kept)).not.toContain('xxxx');
    expect(JSON.stringify(kept)).toContain('mode');
  });
});

test('of very many documents the first ones are looked at: each costs a signature', async () => {
  const store = new MemoryStore();
  const [visa] = alice.visas as readonly [Visa];
  const { value } = await learn(
    store,
    alice.meta,
    Array.from({ length: 70 }, () => visa),
  );
  const told = value.documents.map((outcome) => (typeof outcome === 'string' ? outcome : outcome.message));
  expect(told.slice(0, 64)).toEqual(['kept', ...Array<string>(63).fill('known')]);
  expect(new Set(told.slice(64))).toEqual(
    new Set(Array.from({ length: 6 }, (_, at) => `INPUT_LIMIT at documents[${64 + at}]: are more than 64 documents`)),
  );
});

describe('another meta of a known ID', () => {
  test('proves nothing by being there', async () => {
    for (const first of [[], alice.visas]) {
      const store = new MemoryStore();
      await learn(store, alice.meta, first);
      const fault = ['CRYPTO_VERIFY', 'meta', 'another meta is pinned for the ID, and this one proves nothing'];
      expect(await faultOf(() => learn(store, twinOf(mallory)))).toEqual(fault);
      // Nor by what the first one signed.
      expect(await faultOf(() => learn(store, twinOf(mallory), alice.visas))).toEqual(fault);
      expect(pinnedKey(store)).toEqual(keyOf(alice));
    }
  });

  test('is an alarm when both have proven themselves', async () => {
    const store = new MemoryStore();
    await learn(store, alice.meta, alice.visas);
    const visa = (await twinVisa(mallory)) as Visa;
    const fault = ['CRYPTO_META_CHANGED', 'meta', 'another meta is pinned for the ID'];
    expect(await faultOf(() => learn(store, twinOf(mallory), [visa]))).toEqual(fault);
    expect(pinnedKey(store)).toEqual(keyOf(alice));
    await dim.forget(store, alice.id);
    await learn(store, twinOf(mallory), [visa]);
    expect(pinnedKey(store)).toEqual(keyOf(mallory));
  });

  test('that proves itself ends a pin that never did', async () => {
    const store = new MemoryStore();
    await learn(store, twinOf(mallory));
    expect(store.meta(alice.id)?.isProven).toBe(false);
    await learn(store, alice.meta, alice.visas);
    expect([pinnedKey(store), store.meta(alice.id)?.isProven]).toEqual([keyOf(alice), true]);
  });

  test('is none with the same key, whatever else it says', async () => {
    const store = new MemoryStore();
    await learn(store, alice.meta, alice.visas);
    expect((await learn(store, twinOf(alice))).value.meta.meta.type).toBe(alice.meta.type);
  });

  test.each([
    ['RSA in another PEM', (key: JsonMap) => ({ ...key, data: pkcs1Of(key['data'] as string) })],
    ['ECC in its short form', (key: JsonMap) => ({ ...key, compressed: true })],
  ])('is none with the same key in another form: %s', async (what, change) => {
    const [algorithm] = what.split(' ', 1) as [string];
    const owner = await dim.createUser({ name: 'Dora', seed: 'dora', algorithm, visaAlgorithms: ['RSA'] });
    const written = dim.Meta.parse({ ...owner.meta.fields, key: change(owner.meta.publicKey.fields) });
    for (const [first, second] of [
      [written, owner.meta],
      [owner.meta, written],
    ] as const) {
      const store = new MemoryStore();
      await dim.addContact(store, { ...owner, meta: first });
      const plan = await learnIdentity(dim, store, { id: owner.id, meta: second, documents: owner.visas });
      expect([plan.value.documents, plan.changes]).toEqual([['known'], []]);
    }
  });

  test('is one with the same bytes in another algorithm', async () => {
    const read = (fields: JsonMap): PublicKey => {
      const key = dim.PublicKey.parse({ ...fields, algorithm: 'ECC' });
      const verify = (message: Uint8Array, signature: Uint8Array) => key.verify(message, signature);
      return { algorithm: 'TWIN', data: key.data, fields, verify, toJSON: () => fields };
    };
    const plugin = definePlugin('algorithm', [defineKeyAlgorithm({ algorithm: 'TWIN', publicKey: { read } })]);
    const context = createDim({ plugins: [standardPlugin(), plugin] });
    const map = carol.meta.toMap();
    const twin = context.Meta.parse({ ...map, key: { ...(map['key'] as object), algorithm: 'TWIN' } });
    const store = new MemoryStore();
    await dim.addContact(store, carol);
    expect((await faultOf(() => dim.addContact(store, { ...carol, meta: twin })))[0]).toBe('CRYPTO_META_CHANGED');
  });
});

describe('a message with another meta of a known sender', () => {
  const hello = TextContent.create('Hello');

  async function bobKnowing(meta: Meta, documents: readonly Document[]) {
    const store = new MemoryStore();
    await dim.addUser(store, bob);
    await learn(store, meta, documents as readonly Visa[]);
    return { store, messenger: withTwins.messenger({ self: bob.id, store, replay: false }) };
  }

  /** What whoever has a key of Alice's ID sends. */
  async function from(owner: typeof alice, meta: Meta) {
    const store = new MemoryStore();
    await dim.addUser(store, bob);
    store.commit([{ do: 'keep-keys', id: alice.id, keys: owner.keys }]);
    const { message } = await dim.messenger({ self: alice.id, store }).packMessage(hello, bob.id);
    return withTwins.ReliableMessage.parse({ ...message.toMap(), meta: meta.fields });
  }

  test('is read where the pinned key signed it, and says that the other one was not believed', async () => {
    const { store, messenger } = await bobKnowing(alice.meta, alice.visas);
    const { content, introduction } = await messenger.open(await from(alice, twinOf(mallory)));
    expect(content.toMap()).toEqual(hello.toMap());
    expect(introduction).toMatchObject({ code: 'CRYPTO_VERIFY', path: 'meta' });
    expect(pinnedKey(store)).toEqual(keyOf(alice));
  });

  test('is an alarm where the other key signed it, and no alarm where it did not', async () => {
    const { messenger } = await bobKnowing(alice.meta, alice.visas);
    expect((await faultOf(async () => messenger.open(await from(mallory, twinOf(mallory)))))[0]).toBe(
      'CRYPTO_META_CHANGED',
    );
    expect((await faultOf(async () => messenger.open(await from(carol, twinOf(mallory)))))[0]).toBe('CRYPTO_VERIFY');
  });

  test('ends a pin that never proved itself', async () => {
    const { store, messenger } = await bobKnowing(twinOf(mallory), []);
    expect((await messenger.open(await from(alice, alice.meta))).introduction).toBe('kept');
    expect([pinnedKey(store), store.meta(alice.id)?.isProven]).toEqual([keyOf(alice), true]);
    expect((await faultOf(async () => messenger.open(await from(mallory, twinOf(mallory)))))[0]).toBe(
      'CRYPTO_META_CHANGED',
    );
  });
});

describe('a group', () => {
  test('has the founder whose key it has', async () => {
    const store = new MemoryStore();
    for (const user of [alice, mallory]) await dim.addContact(store, user);
    await dim.addGroup(store, group);
    expect(store.documents(group.id)).toHaveLength(1);
    const other = await dim.createGroup({ founder: mallory, members: [], name: 'Other', seed: 'other' });
    const claims = await other.bulletin.with({ founder: alice.id }).sign(mallory.keys.identity);
    const fault = ['CRYPTO_VERIFY', 'bulletin.data.founder', "the key of the group is not the founder's"];
    expect(await faultOf(() => dim.addGroup(store, { ...other, bulletin: claims }))).toEqual(fault);
    expect(store.documents(other.id)).toEqual([]);
    const twice = [alice.id, bob.id, bob.id.at('phone'), alice.id];
    expect((await dim.createGroup({ founder: alice, members: twice, name: 'T', seed: 't' })).members).toEqual([
      alice.id,
      bob.id,
    ]);
    const wrongAt = (path: string) => ['USAGE_ARGUMENT', path, 'must be a user'];
    expect(await faultOf(() => dim.createGroup({ founder: alice, members: [group.id], name: 'T', seed: 't' }))).toEqual(
      wrongAt('members[0]'),
    );
    expect(await faultOf(() => dim.setMembers(store, group.id, [alice.id, group.id]))).toEqual(wrongAt('members[1]'));
    expect((await faultOf(() => dim.setMembers(store, bob.id, [alice.id])))[1]).toBe('group');
  });
});

test('a twin is valid, so that these tests test something', async () => {
  expect(await verifyMeta(twinOf(mallory), alice.id)).toBeTruthy();
});

/** Which documents of an ID count: only what is signed gives one a place of its own, and the newest has it. */
import { describe, expect, test } from '@jest/globals';
import { learnIdentity, MemoryStore, TextContent, type Document, type Visa } from '../../src/index.ts';
import { MAX_DOCUMENTS } from '../../src/trust/newest-documents.ts';
import { alice, bob, carol, dim, group, mallory, mapOf, storeOf } from '../world.ts';
import { relabelled, signedAs } from './identities.ts';

const [visa] = carol.visas as readonly [Visa];
const NOW = visa.time ?? 0;
const at = (terminal: string) => carol.id.at(terminal);

/** A visa as this library writes it. */
const signed = async (terminal: string | undefined, time: number): Promise<Document> =>
  dim.Document.create({
    type: 'visa',
    did: terminal === undefined ? carol.id : at(terminal),
    properties: { name: `v${time}`, key: bob.keys.identity.publicKey },
  }).sign(carol.keys.identity, { time: NOW + time });

/** A visa as old clients write it: the terminal stands outside of what is signed. */
const old = async (terminal: string | undefined, time: number): Promise<Document> =>
  signedAs(carol, terminal === undefined ? carol.id : at(terminal), {
    type: 'visa',
    name: `v${time}`,
    key: bob.keys.identity.publicKey,
    time: NOW + time,
  });

async function learn(store: MemoryStore, ...documents: readonly Document[]) {
  const { value, changes } = await learnIdentity(dim, store, { id: carol.id, meta: carol.meta, documents });
  store.commit(changes);
  return value.documents.map((outcome) => (typeof outcome === 'string' ? outcome : outcome.code));
}
const kept = (store: MemoryStore) => store.documents(carol.id).map(({ document }) => document.name);
const keptNames = (store: MemoryStore) => new Set(kept(store));

describe('a visa that signs its terminal', () => {
  test('replaces an older one of that terminal, never a newer one, and stands beside the others', async () => {
    const store = new MemoryStore();
    expect(await learn(store, await signed('phone', 1), await signed('tablet', 2))).toEqual(['kept', 'kept']);
    expect(await learn(store, await signed('phone', 0), await signed('phone', 1))).toEqual(['known', 'known']);
    expect(await learn(store, await signed('phone', 3))).toEqual(['kept']);
    expect(kept(store)).toEqual(['v2', 'v3']);
  });

  test('cannot be given another', async () => {
    const phone = await signed('phone', 1);
    expect(() => relabelled(phone, at('tablet'))).toThrow('INPUT_CONFLICT');
    expect(() => relabelled(visa, at('tablet'))).toThrow('INPUT_CONFLICT');
  });

  test('ends those of old clients: of its terminal, and all of them where it is for all', async () => {
    const store = new MemoryStore();
    await learn(store, await old('phone', 1), await old('tablet', 2), await old(undefined, 3));
    await learn(store, await signed('phone', 4));
    expect(keptNames(store)).toEqual(new Set(['v2', 'v3', 'v4']));
    await learn(store, await signed(undefined, 5));
    expect(keptNames(store)).toEqual(new Set(['v4', 'v5']));
    // One that was signed earlier ends nothing.
    const other = new MemoryStore();
    await learn(other, await old('phone', 2), await signed('phone', 1));
    expect(keptNames(other)).toEqual(new Set(['v1', 'v2']));
  });
});

describe('a visa of an old client', () => {
  test('stands beside those of other terminals, where it is the latest', async () => {
    const store = new MemoryStore();
    expect(await learn(store, await old('phone', 1), await old('tablet', 2))).toEqual(['kept', 'kept']);
    expect(await learn(store, await old('phone', 3))).toEqual(['kept']);
    expect(kept(store)).toEqual(['v2', 'v3']);
    expect(store.documents(carol.id).map(({ document }) => (document as Visa).terminal)).toEqual(['tablet', 'phone']);
  });

  test.each<[string, () => Promise<readonly Document[]>]>([
    ['one of its terminal', async () => [await old('phone', 5)]],
    ['one of another terminal', async () => [await old('tablet', 5)]],
    ['one for all', async () => [await signed(undefined, 5)]],
    ['one that signs another terminal', async () => [await signed('tablet', 5)]],
  ])('never comes back beside a later one: %s, under whatever name', async (_what, later) => {
    const store = new MemoryStore();
    const first = await old('phone', 1);
    await learn(store, first);
    await learn(store, ...(await later()));
    const names = kept(store);
    for (const name of ['phone', 'tablet', 'anything', undefined]) {
      const again = relabelled(first, name === undefined ? carol.id : at(name));
      expect(await learn(store, again)).toEqual(['known']);
    }
    expect(kept(store)).toEqual(names);
  });

  test('takes one place, however often it is sent under other names', async () => {
    const store = new MemoryStore();
    const first = await old('phone', 1);
    await learn(store, first);
    for (let index = 0; index < 10; index++) await learn(store, relabelled(first, at(`t${index}`)));
    expect(kept(store)).toEqual(['v1']);
    // Under its own name it is the same again, and what it replaces there is gone.
    await learn(store, first);
    expect(store.documents(carol.id).map(({ document }) => document.did.terminal)).toEqual(['phone']);
  });

  test('under another name leaves no older one under its own', async () => {
    const store = new MemoryStore();
    await learn(store, await old('phone', 1));
    const renewed = await old('phone', 2);
    await learn(store, relabelled(renewed, at('somewhere')));
    await learn(store, renewed);
    expect(kept(store)).toEqual(['v2']);
  });
});

describe('documents without a signed type', () => {
  test('are one kind: visa, profile and none', async () => {
    const store = new MemoryStore();
    const typeless = (time: number, outer: object) =>
      signedAs(carol, carol.id, { name: `v${time}`, key: bob.keys.identity.publicKey, time: NOW + time }, outer);
    await learn(store, await typeless(1, { type: 'visa' }));
    const first = await typeless(1, {});
    for (const type of ['profile', undefined])
      expect(await learn(store, relabelled(first, carol.id, { type }))).toEqual(['known']);
    expect(await learn(store, await typeless(2, { type: 'profile' }))).toEqual(['kept']);
    expect(kept(store)).toEqual(['v2']);
  });

  test('have no other type either, and take nothing away under many', async () => {
    const store = new MemoryStore();
    const first = await signedAs(carol, carol.id, { name: 'v1', key: bob.keys.identity.publicKey, time: NOW }, {});
    await learn(store, await signed('phone', -10), first);
    const names = Array.from({ length: MAX_DOCUMENTS + 5 }, (_, index) => `x${index}`);
    const outcomes = await learn(store, ...names.map((type) => relabelled(first, carol.id, { type })));
    expect(new Set(outcomes)).toEqual(new Set(['INPUT_MISSING']));
    expect(kept(store)).toEqual(['v-10', 'v1']);
  });

  test('of a group are none of its founder, nor the other way round', async () => {
    const bulletin = { name: 'Team', founder: alice.id.toString(), time: NOW };
    const store = new MemoryStore();
    const asVisa = await signedAs(alice, alice.id, bulletin, {});
    const { value } = await learnIdentity(dim, store, { id: alice.id, meta: alice.meta, documents: [asVisa] });
    expect(value.documents).toMatchObject([{ code: 'INPUT_CONFLICT', path: 'documents[0].data.founder' }]);
    const visaMap = { name: 'Alice', key: bob.keys.identity.publicKey, time: NOW };
    const asBulletin = await signedAs(alice, group.id, visaMap, {});
    const offered = { id: group.id, meta: group.meta, documents: [asBulletin] };
    expect((await learnIdentity(dim, store, offered)).value.documents).toMatchObject([
      { code: 'INPUT_CONFLICT', path: 'documents[0].data.key' },
    ]);
  });
});

test('a document of another type signs it: nobody on the way makes many of one, and none pushes out the visa', async () => {
  const store = new MemoryStore();
  const visaMap = { name: 'v1', key: bob.keys.identity.publicKey, time: NOW };
  const typeless = await signedAs(carol, carol.id, visaMap, { type: 'visa' });
  await learn(store, typeless);
  const copies = Array.from({ length: MAX_DOCUMENTS + 1 }, (_, index) =>
    relabelled(typeless, carol.id, { type: `x${index}` }),
  );
  expect(new Set(await learn(store, ...copies))).toEqual(new Set(['INPUT_MISSING']));
  expect(store.documents(carol.id).map(({ document }) => document.type)).toEqual(['visa']);
  const signedType = await signedAs(carol, carol.id, { type: 'notes', time: NOW }, { type: 'notes' });
  expect(await learn(store, signedType)).toEqual(['kept']);
});

test('a document that may be a visa or a bulletin takes the place of no other', async () => {
  // The name of a group by an old client, and of its founder: one key signs both, and nothing else tells them apart.
  const nameOf = async (name: string, time: number, outer: object = {}) =>
    signedAs(carol, carol.id, { name, time: NOW + time }, outer);
  const store = new MemoryStore();
  expect(await learn(store, await nameOf('first', 1), await nameOf('second', 2))).toEqual(['kept', 'kept']);
  expect(kept(store)).toEqual(['second']);
  const typeless = { name: 'v3', key: bob.keys.identity.publicKey, time: NOW + 3 };
  expect(await learn(store, await signedAs(carol, carol.id, typeless, {}))).toEqual(['kept']);
  expect(await learn(store, await nameOf('third', 4), await nameOf('fourth', 5, { type: 'profile' }))).toEqual([
    'known',
    'known',
  ]);
  expect(kept(store)).toEqual(['v3']);
  for (const name of ['founder', 'assistants', 'administrators']) {
    const bulletin = await signedAs(carol, carol.id, { name: 'Team', [name]: [], time: NOW + 6 }, {});
    expect(await learn(store, bulletin)).toEqual(['INPUT_CONFLICT']);
  }
});

test.each([
  ['of an old client', old],
  ['that signs its terminal', signed],
])(
  'a document that may be a visa or a bulletin gives way to a visa %s, however late it was signed',
  async (_, visaOf) => {
    const store = new MemoryStore();
    const nameOfGroup = await signedAs(carol, carol.id, { name: 'Team', time: NOW + 9 }, {});
    expect(await learn(store, nameOfGroup, await visaOf('phone', 1))).toEqual(['kept', 'kept']);
    expect(kept(store)).toEqual(['v1']);
    expect(await learn(store, nameOfGroup)).toEqual(['known']);
  },
);

describe('all documents of an ID', () => {
  test('are no more than the limit: the oldest goes, and the newest is never refused', async () => {
    const store = new MemoryStore();
    for (let index = 0; index < MAX_DOCUMENTS + 5; index++) {
      expect(await learn(store, await signed(`t${index}`, index))).toEqual(['kept']);
    }
    expect(kept(store)).toHaveLength(MAX_DOCUMENTS);
    expect([kept(store)[0], kept(store).at(-1)]).toEqual(['v5', `v${MAX_DOCUMENTS + 4}`]);
    expect(await learn(store, await signed('ancient', -5))).toEqual(['known']);
    expect(await learn(store, await signed('t10', 1000))).toEqual(['kept']);
    expect(kept(store)).toHaveLength(MAX_DOCUMENTS);
  });

  test('from the future are refused: nothing could replace them', async () => {
    const store = new MemoryStore();
    const clock = () => NOW;
    const day = 24 * 60 * 60;
    const offered = async (time: number) => ({ id: carol.id, meta: carol.meta, documents: [await signed('x', time)] });
    const far = await learnIdentity(dim, store, await offered(day + 60), { clock });
    expect(far.value.documents).toMatchObject([{ code: 'INPUT_TOO_EARLY', path: 'documents[0].data.time' }]);
    expect((await learnIdentity(dim, store, await offered(day - 60), { clock })).value.documents).toEqual(['kept']);
  });

  test('of another or unsigned are refused, and the others are kept', async () => {
    const store = new MemoryStore();
    const forged = await visa.with({ name: 'Mallory' }).sign(mallory.keys.identity);
    const outcomes = await learn(store, forged, mallory.visas[0] as Visa, visa);
    expect(outcomes).toEqual(['CRYPTO_VERIFY', 'INPUT_CONFLICT', 'kept']);
    expect(kept(store)).toEqual(['Carol']);
  });
});

test('who issued a new visa is written to by no older one, whatever comes along', async () => {
  // Carol had an old client, whose phone was stolen, and signs a new visa for all with a new key.
  const stolen = await old('phone', -10);
  const store = await storeOf(alice, []);
  await learn(store, stolen);
  await learn(store, visa);
  for (const name of ['phone', 'x', 'y']) await learn(store, relabelled(stolen, at(name)));
  const packed = await dim.messenger({ self: alice.id, store }).pack(TextContent.create('hi'), carol.id);
  expect(Object.keys(mapOf(packed)['keys'] as object)).toEqual([carol.id.toString()]);
});

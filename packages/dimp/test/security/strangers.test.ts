/** However many strangers write, and however much: what they fill is bounded, and nothing of a contact goes for it. */
import { expect, test } from '@jest/globals';
import { standardPlugin } from 'dimplugins';
import {
  createDim,
  DimError,
  learnIdentity,
  MemoryStore,
  TextContent,
  type Document,
  type User,
} from '../../src/index.ts';
import { MAX_DOCUMENT_LENGTH } from '../../src/trust/introduction.ts';
import { readyKeys } from '../ready-keys.ts';
import { alice, bob, carol, dim, mallory, mapOf, messengerOf, storeOf } from '../world.ts';

const ready = createDim({ plugins: [standardPlugin({ backend: readyKeys })] });
const hello = TextContent.create('Hello');

async function strangers(count: number): Promise<readonly User[]> {
  return Promise.all(
    Array.from({ length: count }, async (_, index) => ready.createUser({ name: `Stranger ${index}` })),
  );
}

async function introduction(user: User): Promise<Uint8Array> {
  const store = await storeOf(user, [bob]);
  return dim.messenger({ self: user.id, store }).pack(hello, bob.id, { introduce: true });
}

test('the message keys of contacts stay, and so the messages that reuse them are read', async () => {
  const store = new MemoryStore({ messageKeys: 3 });
  await dim.addUser(store, bob);
  await dim.addContact(store, alice);
  const [sender, reader] = [await messengerOf(alice), dim.messenger({ self: bob.id, store })];
  const first = await sender.pack(hello, bob.id, { reuseKey: true });
  await sender.handedOver(first);
  await reader.unpack(first);
  for (const stranger of await strangers(5)) await reader.unpack(await introduction(stranger));
  const second = await sender.pack(hello, bob.id, { reuseKey: true });
  expect(Object.keys(mapOf(second)['keys'] as object)).toEqual(['digest']);
  expect((await reader.unpack(second)).content.toMap()).toEqual(hello.toMap());
});

test('the message keys of strangers are kept up to the same number, also when they become contacts', async () => {
  const store = new MemoryStore({ messageKeys: 2 });
  await dim.addUser(store, bob);
  const reader = dim.messenger({ self: bob.id, store });
  const users = await strangers(3);
  for (const stranger of users) await reader.unpack(await introduction(stranger));
  const kept = () => users.map(({ id }) => store.messageKeys({ sender: id, destination: bob.id }, 'receive').length);
  expect(kept()).toEqual([0, 1, 1]);
  const [, , last] = users;
  if (last === undefined) throw new Error('there are three');
  await dim.addContact(store, last);
  await reader.unpack(await introduction(last));
  expect(kept()).toEqual([0, 1, 2]);
  await dim.forget(store, last.id);
  expect(kept()).toEqual([0, 1, 0]);
});

test('what is kept of strangers is bounded by its length, too: the longest silent go', async () => {
  const store = new MemoryStore({ strangersLength: 25_000 });
  const meet = async ({ id, meta, visas, keys }: User, length: number) => {
    const visa = await visas[0]?.with({ note: 'x'.repeat(length) }).sign(keys.identity);
    const documents: readonly Document[] = visa === undefined ? [] : [visa];
    store.commit((await learnIdentity(dim, store, { id, meta, documents })).changes);
  };
  await dim.addContact(store, alice);
  for (const user of [bob, carol, mallory]) await meet(user, 10_000);
  const known = () => [alice, bob, carol, mallory].map(({ id }) => store.meta(id) !== undefined);
  expect(known()).toEqual([true, false, true, true]);
  // Contacts have no such bound; one stranger alone is kept, whatever it weighs.
  await meet(alice, 50_000);
  expect(known()).toEqual([true, false, true, true]);
  await meet(bob, 30_000);
  expect(known()).toEqual([true, true, false, false]);
});

test.each<[string, number, string]>([
  ['as large as any', 0, 'kept'],
  ['larger', 10, 'INPUT_LIMIT at visa.data: is longer than 262144 characters'],
])('a document that is %s is kept or not, and the message is read', async (_what, more, outcome) => {
  const [visa] = mallory.visas;
  const visaOf = async (length: number) =>
    visa?.with({ note: 'x'.repeat(length) }).sign(mallory.keys.identity, { time: 1700000000 });
  const shell = (await visaOf(0))?.data?.length ?? 0;
  const attached = await visaOf(MAX_DOCUMENT_LENGTH - shell + more);
  const sender = dim.messenger({ self: mallory.id, store: await storeOf(mallory, [bob]) });
  const { message } = await sender.packMessage(hello, bob.id, { introduce: true });
  const reader = dim.messenger({ self: bob.id, store: await storeOf(bob) });
  const bytes = dim.ReliableMessage.parse({ ...message.toMap(), visa: attached?.toMap() });
  const { content, introduction: told } = await reader.open(bytes);
  expect(content.toMap()).toEqual(hello.toMap());
  expect(told instanceof DimError ? told.message : told).toBe(outcome);
});

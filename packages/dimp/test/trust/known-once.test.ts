/** What is known already is neither verified nor read again: signatures are what a message costs most. */
import { expect, jest, test } from '@jest/globals';
import { openMessage, TextContent, type ReliableMessage, type Store, type User } from '../../src/index.ts';
import { alice, bob, carol, dim, mallory, messengerOf, storeOf } from '../world.ts';
import { NaiveStore } from './identities.ts';

/** How often keys of the class of a user's identity key verify while something is done. */
async function verificationsOf({ meta }: User, action: () => Promise<unknown>): Promise<number> {
  let owner = meta.publicKey;
  while (!Object.hasOwn(owner, 'verify')) owner = Object.getPrototypeOf(owner) as typeof owner;
  const verify = jest.spyOn(owner, 'verify');
  try {
    await action();
    return verify.mock.calls.length;
  } finally {
    verify.mockRestore();
  }
}

const introduce = true;
const hello = TextContent.create('Hello');

// The meta of the one has a signature, and that of the other has none.
test.each([
  ['Carol', carol, 3],
  ['Mallory', mallory, 2],
])(
  'a message of %s costs one verification, also where a known meta and visa come along',
  async (_name, sender, atFirst) => {
    const store = await storeOf(bob, [alice]);
    const reader = dim.messenger({ self: bob.id, store });
    const writer = await messengerOf(sender);
    const next = async () => reader.open((await writer.packMessage(hello, bob.id, { introduce })).message);
    expect(await verificationsOf(sender, async () => expect((await next()).introduction).toBe('kept'))).toBe(atFirst);
    expect(await verificationsOf(sender, async () => expect((await next()).introduction).toBe('known'))).toBe(1);
    // Whatever else a relay writes into them is not signed, and is no reason to look again.
    const { message } = await writer.packMessage(hello, bob.id, { introduce });
    const changed = dim.ReliableMessage.parse({
      ...message.toMap(),
      meta: { ...message.attachedMeta, more: 1 },
      visa: { ...message.attachedVisa, more: 1 },
    });
    expect(await verificationsOf(sender, async () => reader.open(changed))).toBe(1);
  },
);

test('a message key of a store that gives maps is read once for a message', async () => {
  const store: Store = new NaiveStore();
  await dim.addUser(store, bob);
  await dim.addContact(store, alice);
  const writer = await messengerOf(alice);
  const next = async () => (await writer.packMessage(hello, bob.id, { reuseKey: true })).message;
  const first = await next();
  await writer.handedOver(first);
  const readsOf = async (message: ReliableMessage) => {
    const reads: unknown[] = [];
    const safeParse = (input: unknown) => {
      reads.push(input);
      return dim.SymmetricKey.safeParse(input);
    };
    const context = { ...dim, SymmetricKey: { ...dim.SymmetricKey, safeParse } };
    const { changes } = await openMessage(context, store, message, { self: bob.id });
    await store.commit(changes);
    return reads.length;
  };
  expect(await readsOf(first)).toBe(0);
  const second = await next();
  expect(second.hasKey).toBe(false);
  expect(await readsOf(second)).toBe(1);
});

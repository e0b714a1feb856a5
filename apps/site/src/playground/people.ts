/** Two people who have met, as far as one of them wrote down the other's ID and key; and somebody between them. */
import { createDim, MemoryStore, type ID, type User } from 'dimp';
import { standardPlugin } from 'dimplugins';

export const dim = createDim({ plugins: [standardPlugin()] });

export interface People {
  readonly sender: User;
  readonly receiver: User;
  /** Who carries the message, and has an identity too. */
  readonly relay: User;
  readonly names: { readonly sender: string; readonly receiver: string };
}

/** @throws DimError for a name that nobody may have */
export async function makePeople(names: People['names']): Promise<People> {
  const [sender, receiver, relay] = await Promise.all([
    dim.createUser({ name: names.sender }),
    dim.createUser({ name: names.receiver }),
    dim.createUser({ name: 'Relay' }),
  ]);
  return { sender, receiver, relay, names };
}

/** What the sender's device remembers: itself, and the receiver as a contact. */
export async function storeOfSender({ sender, receiver }: People): Promise<MemoryStore> {
  const store = new MemoryStore();
  await dim.addUser(store, sender);
  await dim.addContact(store, receiver);
  return store;
}

/** What the receiver's device remembers before anything comes: nobody but itself. */
export async function storeOfReceiver({ receiver }: People): Promise<MemoryStore> {
  const store = new MemoryStore();
  await dim.addUser(store, receiver);
  return store;
}

/** An ID for people: its beginning and its end. */
export function shortId(id: ID): string {
  const text = String(id);
  return text.length <= 14 ? text : `${text.slice(0, 8)}…${text.slice(-4)}`;
}

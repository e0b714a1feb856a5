/** Four people and a group; each test gets stores of its own. */
import { standardPlugin } from 'dimplugins';
import { createDim, MemoryStore, type User } from '../src/index.ts';
import { decodeUtf8, encodeUtf8 } from '../src/extend.ts';
import { dim, errorOf } from './context.ts';
import { readyKeys } from './ready-keys.ts';

export { dim, errorOf };

const ready = createDim({ plugins: [standardPlugin({ backend: readyKeys })] });

export const [alice, bob, carol, mallory] = await Promise.all([
  ready.createUser({ name: 'Alice' }),
  ready.createUser({ name: 'Bob', seed: 'bob', algorithm: 'RSA', terminals: ['phone', 'desktop'] }),
  ready.createUser({ name: 'Carol', seed: 'carol' }),
  ready.createUser({ name: 'Mallory' }),
]);
export const group = await dim.createGroup({ founder: alice, members: [bob.id, carol.id], name: 'Team', seed: 'team' });

/** A store that has one user with private keys, and of the others what everybody may know. */
export async function storeOf(user: User, contacts: readonly User[] = [alice, bob, carol]): Promise<MemoryStore> {
  const store = new MemoryStore();
  await dim.addUser(store, user);
  for (const contact of contacts) await dim.addContact(store, contact);
  await dim.addGroup(store, group);
  return store;
}

export async function messengerOf(
  user: User,
  contacts?: readonly User[],
  terminal?: string,
): Promise<ReturnType<typeof dim.messenger>> {
  const store = await storeOf(user, contacts);
  // Tests read one message in many ways.
  return dim.messenger({ self: terminal === undefined ? user.id : user.id.at(terminal), store, replay: false });
}

/** The package with some fields changed. */
export function changed(bytes: Uint8Array, changes: object): Uint8Array {
  return encodeUtf8(JSON.stringify({ ...mapOf(bytes), ...changes }));
}

export function mapOf(bytes: Uint8Array): { [name: string]: unknown } {
  return JSON.parse(decodeUtf8(bytes)) as { [name: string]: unknown };
}

/** What the DimError that an action ends with says: code, path, and the reason that a person reads. */
export async function faultOf(action: () => unknown): Promise<readonly [code: string, path: string, reason: string]> {
  const { code, path, reason } = await errorOf(action);
  return [code, path, reason];
}

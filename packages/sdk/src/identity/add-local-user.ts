/** A user of this device, beside what the store has of the same. */
import { Visa, type Change, type Dim, type ID, type Memory, type Store, type TerminalKey, type User } from 'dimp';
import { requireArgument } from 'dimp/extend';
import { checkId, equalBytes, knownDocuments, knownMeta, ownKeys } from 'dimp/internal';
import type { ClientStore } from '../ports/client-store.ts';
import { localUserRow } from '../store/local-users.ts';
import { StagedMemory } from '../store/staged-memory.ts';
import { refusePromise, requireDim, requireMethod } from '../usage/check-usage.ts';

/** What a store will have, once the changes are kept in it. */
export class PlannedStore extends StagedMemory implements Store {
  readonly changes: Change[] = [];

  commit(changes: readonly Change[]): void {
    this.stage(changes);
    this.changes.push(...changes);
  }
}

/**
 * Keeps a user of this device, as `dim.addUser` does; but the keys that the store has stay among those that decrypt: what was
 * written to them may still come.
 *
 * It runs inside of `store.exclusive`: call it outside.
 *
 * @returns the user with all that this device has now. Show the visa of this device to others
 * @throws DimError as `dim.addUser`; what the store throws
 */
export async function addLocalUser(dim: Dim, store: ClientStore, user: User): Promise<User> {
  requireDim(dim, 'addUser');
  requireMethod(store, 'exclusive', 'store');
  refusePromise(user, 'user');
  return store.exclusive(async () => {
    const planned = new PlannedStore(dim, store);
    const merged = await planLocalUser(dim, planned, user);
    await store.commit(planned.changes, [localUserRow(merged.id)]);
    return merged;
  });
}

/** {@link addLocalUser}, where it is not kept yet. */
export async function planLocalUser(dim: Dim, planned: PlannedStore, user: User): Promise<User> {
  const { id, meta, keys: given } = requireArgument(user, 'user');
  checkId(id, 'id');
  const here = await ownKeys(dim, planned, id);
  const keys = { ...given, decrypt: union(requireArgument(given, 'keys').decrypt, here.decrypt) };
  await dim.addUser(planned, { ...user, keys });
  return { id: id.entity, meta, visas: await knownVisas(dim, planned, id), keys };
}

/** The visas that count, as a store has them. */
export async function knownVisas(dim: Dim, memory: Memory, id: ID): Promise<readonly Visa[]> {
  const known = await knownMeta(dim, memory, id);
  const documents = known === undefined ? [] : await knownDocuments(dim, memory, known);
  return documents.map(({ document }) => document).filter((document) => document instanceof Visa);
}

/** Keys in a row, each once. */
export function union(first: readonly TerminalKey[], more: readonly TerminalKey[]): readonly TerminalKey[] {
  const all = [...first];
  for (const entry of more) if (!all.some((known) => isSameKey(known, entry))) all.push(entry);
  return all;
}

function isSameKey(one: TerminalKey, other: TerminalKey): boolean {
  const [a, b] = [one.key.encryptKey, other.key.encryptKey];
  if (one.terminal !== other.terminal || a.algorithm !== b.algorithm) return false;
  if (a.canonical !== undefined && b.canonical !== undefined) return equalBytes(a.canonical, b.canonical);
  return a.fields['data'] === b.fields['data'];
}

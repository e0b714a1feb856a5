/** What is told of contacts. */
import type { JsonMap, Memory } from 'dimp';
import type { Contact } from 'dimsdk';
import { nameOf } from '../home/known-identity.ts';

/** The documented shape: `{ id, alias, name, isAdded, isBlocked, isMuted }`. The name is what its owner chose. */
export async function contactJson(store: Memory, contact: Contact): Promise<JsonMap> {
  const { id, alias, isAdded, isBlocked, isMuted } = contact;
  return {
    id: id.toString(),
    alias: alias ?? null,
    name: (await nameOf(store, id)) ?? null,
    isAdded,
    isBlocked,
    isMuted,
  };
}

/** Whether a private key is a user's: whatever another one signs, nobody takes for the user's. */
import { DimError, hasSameKey, type ID, type SignKey, type VerifiedMeta } from 'dkd';
import { BoundedCache } from 'dkd/internal';
import { knownMeta, type IdentityCodecs } from './known-identity.ts';
import type { Memory } from '../memory/memory.ts';

/** How many local users of one memory are kept in mind. */
const USERS = 1024;

/** Whose a key object was found to be: the next message asks nothing. */
const owners = new WeakMap<SignKey, string>();

/** The metas of local users, for memories that give new key objects each time. */
const metas = new WeakMap<Memory, BoundedCache<string, VerifiedMeta>>();

/** Whether a private key is that of a meta. */
export async function isIdentityKey({ meta }: VerifiedMeta, key: SignKey): Promise<boolean> {
  // One key may be written in two ways.
  return hasSameKey(meta, key) || meta.isSignedBy(key.publicKey);
}

/**
 * Checks the identity key that memory gave for a local user, as far as the user's meta is known.
 * @throws DimError `INTERNAL_STORE` for that of another
 */
export async function checkOwnKey(codecs: IdentityCodecs, memory: Memory, user: ID, key: SignKey): Promise<void> {
  if (owners.get(key) === user.entityKey) return;
  const users = metas.get(memory) ?? new BoundedCache<string, VerifiedMeta>(USERS);
  metas.set(memory, users);
  const remembered = users.get(user.entityKey);
  if (remembered === undefined || !(await isIdentityKey(remembered, key))) {
    const known = await knownMeta(codecs, memory, user);
    if (known === undefined) return;
    if (!(await isIdentityKey(known.meta, key)))
      throw new DimError('INTERNAL_STORE', `the store gave the identity key of another for ${user.toString()}`);
    users.set(user.entityKey, known.meta);
  }
  owners.set(key, user.entityKey);
}

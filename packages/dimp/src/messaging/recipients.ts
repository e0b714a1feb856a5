/** To whom a message is encrypted, and what they understand: by their visas. */
import { canEncrypt, DimError, Visa, type ID, type Recipient } from 'dkd';
import { keyOf } from './acquaintance.ts';
import type { IdentityStore } from './identity-store.ts';

/** A recipient, and the algorithms that the recipient's visa names beside those of all clients. */
export interface KnownRecipient extends Recipient {
  readonly algorithms: readonly string[];
}

/**
 * Everybody who shall be able to decrypt what goes to a user, a terminal, or a group.
 * @throws DimError `MISSING_VISA`, `MISSING_MEMBERS`
 */
export async function findRecipients(store: IdentityStore, receiver: ID): Promise<readonly KnownRecipient[]> {
  if (!receiver.isGroup) return recipientsOf(store, receiver);
  const members = await store.members(receiver);
  if (members.length === 0) throw new DimError('MISSING_MEMBERS', `no members are known of ${receiver.toString()}`);
  return (await Promise.all(members.map(async (member) => recipientsOf(store, member)))).flat();
}

/** The visas of a user. */
export async function visasOf(store: IdentityStore, id: ID): Promise<readonly Visa[]> {
  return (await store.documents(id)).filter((document) => document instanceof Visa);
}

/** Each terminal with a visa, or the one that is asked for; without any visa, the meta's key if it encrypts. */
async function recipientsOf(store: IdentityStore, id: ID): Promise<readonly KnownRecipient[]> {
  const recipients: KnownRecipient[] = [];
  for (const visa of await visasOf(store, id)) {
    const key = bestKeyOf(visa);
    if (key !== undefined) recipients.push({ id: ownerOf(id, visa), key, algorithms: algorithmsOf(visa) });
  }
  const asked = recipients.filter((recipient) => recipient.id.terminal === id.terminal);
  if (id.terminal !== undefined && asked.length > 0) return asked;
  if (recipients.length > 0) return recipients;
  const key = (await store.meta(id))?.publicKey;
  if (key !== undefined && canEncrypt(key)) return [{ id: id.entity, key, algorithms: [] }];
  throw new DimError('MISSING_VISA', `no key is known that encrypts to ${id.toString()}`);
}

/** The user at the terminal of a visa; where no ID can have such a terminal, the user. */
function ownerOf(id: ID, { terminal }: Visa): ID {
  try {
    return terminal === undefined ? id.entity : id.at(terminal);
  } catch {
    return id.entity;
  }
}

/** The first key that the owner offers and we know; where something is wrong with the offer, the one for everybody. */
function bestKeyOf(visa: Visa): Recipient['key'] | undefined {
  try {
    return visa.encryptKeys[0];
  } catch {
    return keyOf(visa);
  }
}

function algorithmsOf(visa: Visa): readonly string[] {
  try {
    return visa.algorithms;
  } catch {
    return [];
  }
}

/** Putting into a store whom an application knows: its own users, contacts, groups. */
import { DimError, type Document, type ID, type Meta } from 'dkd';
import type { Group } from '../accounts/create-group.ts';
import { memberList } from '../accounts/member-list.ts';
import type { User } from '../accounts/create-user.ts';
import type { Change, Store } from './change.ts';
import type { IdentityCodecs } from './known-identity.ts';
import { learnIdentity, type LearnOptions, type OfferedIdentity } from './learn-identity.ts';

/** What everybody may know of a user. */
export interface Contact {
  readonly id: ID;
  readonly meta: Meta;
  readonly visas: readonly Document[];
}

/** Keeps a user of this device, with the private keys. See `Dim.addUser`. */
export async function addUser(
  codecs: IdentityCodecs,
  store: Store,
  user: User,
  options: LearnOptions = {},
): Promise<void> {
  const changes = await changesFor(codecs, store, { ...user, documents: user.visas }, options);
  await store.commit([...changes, { do: 'keep-keys', id: user.id.entity, keys: user.keys }]);
}

/** Keeps what everybody may know of a user. See `Dim.addContact`. */
export async function addContact(
  codecs: IdentityCodecs,
  store: Store,
  contact: Contact,
  options: LearnOptions = {},
): Promise<void> {
  await store.commit(await changesFor(codecs, store, { ...contact, documents: contact.visas }, options));
}

/** Keeps a group and its members. See `Dim.addGroup`. */
export async function addGroup(
  codecs: IdentityCodecs,
  store: Store,
  group: Group,
  options: LearnOptions = {},
): Promise<void> {
  const changes = await changesFor(codecs, store, { ...group, documents: [group.bulletin] }, options);
  await store.commit([...changes, membersChange(group.id, group.members)]);
}

/** Sets the members of a group. See `Dim.setMembers`. */
export async function setMembers(store: Store, group: ID, members: readonly ID[]): Promise<void> {
  await store.commit([membersChange(group, members)]);
}

/** Forgets what is known of an ID. See `Dim.forget`. */
export async function forget(store: Store, id: ID): Promise<void> {
  await store.commit([{ do: 'forget', id: id.entity }]);
}

function membersChange(group: ID, members: readonly ID[]): Change {
  if (!group.isGroup) throw new DimError('USAGE_ARGUMENT', 'must be a group', { path: 'group' });
  return { do: 'set-members', group: group.entity, members: memberList(members) };
}

/** An application adds whom it means to know: what is wrong with any part of it is an error. */
async function changesFor(
  codecs: IdentityCodecs,
  store: Store,
  offer: OfferedIdentity,
  options: LearnOptions,
): Promise<readonly Change[]> {
  const { value, changes } = await learnIdentity(codecs, store, offer, options);
  const wrong = value.documents.find((outcome) => outcome instanceof DimError);
  if (wrong !== undefined) throw wrong;
  return [{ do: 'add-contact', id: offer.id.entity }, ...changes];
}

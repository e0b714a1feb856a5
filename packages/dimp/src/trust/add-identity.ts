/** Putting into a store whom an application knows: its own users, contacts, groups. */
import { DimError, requireArgument, type Document, type ID, type Meta } from 'dkd';
import type { Group } from '../accounts/create-group.ts';
import { memberList } from '../accounts/member-list.ts';
import type { User } from '../accounts/create-user.ts';
import { requireId, requireStore } from '../messaging/require-arguments.ts';
import type { Change, Store } from './change.ts';
import { commitInTurn } from './in-turn.ts';
import type { IdentityCodecs } from './known-identity.ts';
import { planIdentity, type LearnOptions, type OfferedIdentity } from './learn-identity.ts';

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
  requireStore(store);
  requireId(requireArgument(user, 'user').id, 'user.id');
  await add(codecs, store, { ...user, documents: user.visas }, options, [
    { do: 'keep-keys', id: user.id.entity, keys: user.keys },
  ]);
}

/** Keeps what everybody may know of a user. See `Dim.addContact`. */
export async function addContact(
  codecs: IdentityCodecs,
  store: Store,
  contact: Contact,
  options: LearnOptions = {},
): Promise<void> {
  requireStore(store);
  requireId(requireArgument(contact, 'contact').id, 'contact.id');
  await add(codecs, store, { ...contact, documents: contact.visas }, options);
}

/** Keeps a group and its members. See `Dim.addGroup`. */
export async function addGroup(
  codecs: IdentityCodecs,
  store: Store,
  group: Group,
  options: LearnOptions = {},
): Promise<void> {
  requireStore(store);
  const members = membersChange(requireArgument(group, 'group').id, group.members);
  await add(codecs, store, { ...group, documents: [group.bulletin] }, options, [members]);
}

/** Sets the members of a group. See `Dim.setMembers`. */
export async function setMembers(store: Store, group: ID, members: readonly ID[]): Promise<void> {
  requireStore(store);
  await store.commit([membersChange(group, members)]);
}

/** Forgets what is known of an ID. See `Dim.forget`. */
export async function forget(store: Store, id: ID): Promise<void> {
  requireStore(store);
  requireId(id, 'id');
  const changes: readonly Change[] = [{ do: 'forget', id: id.entity }];
  await commitInTurn(store, id, {
    plan: async () => ({ value: undefined, changes }),
    commit: async () => store.commit(changes),
  });
}

function membersChange(group: ID, members: readonly ID[]): Change {
  requireId(group, 'group');
  if (!group.isGroup) throw new DimError('USAGE_ARGUMENT', 'must be a group', { path: 'group' });
  return { do: 'set-members', group: group.entity, members: memberList(members) };
}

/** An application adds whom it means to know: what is wrong with any part of it is an error. */
async function add(
  codecs: IdentityCodecs,
  store: Store,
  offer: OfferedIdentity,
  options: LearnOptions,
  more: readonly Change[] = [],
): Promise<void> {
  await commitInTurn(store, offer.id, {
    plan: async () => {
      const { value, changes } = await planIdentity(codecs, store, offer, { ...options, isAdded: true });
      const wrong = value.documents.find((outcome) => outcome instanceof DimError);
      if (wrong !== undefined) throw wrong;
      return { value: undefined, changes: [{ do: 'add-contact', id: offer.id.entity }, ...changes, ...more] };
    },
    commit: async ({ changes }) => store.commit(changes),
  });
}

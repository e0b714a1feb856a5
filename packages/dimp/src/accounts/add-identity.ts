/** Putting into a store whom an application knows: its own users, contacts, groups. */
import {
  DimError,
  isDimError,
  type Awaitable,
  type Document,
  type ID,
  type Meta,
  type PrivateKey,
  type VerifiedMeta,
} from 'dkd';
import { requireArgument } from 'dkd/extend';
import { checkId } from 'dkd/internal';
import type { Group } from './create-group.ts';
import { memberList } from './member-list.ts';
import type { User } from './create-user.ts';
import type { Change, Store } from '../memory/change.ts';
import { checkList, checkLocalUser, checkStoreArgument } from '../trust/check-options.ts';
import { isIdentityKey } from '../trust/identity-key.ts';
import { commitInTurn } from '../memory/in-turn.ts';
import type { IdentityCodecs } from '../trust/known-identity.ts';
import type { Nothing } from '../memory/memory.ts';
import { planIdentity, type LearnOptions, type OfferedIdentity, type PlanOptions } from '../trust/learn-identity.ts';

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
  const { id, visas, keys } = requireArgument(user, 'user');
  checkLocalUser(id, 'id');
  checkList(requireArgument(keys, 'keys').decrypt, 'keys.decrypt');
  const offer = { ...user, documents: visas };
  await add(codecs, store, offer, { ...options, placeOf: placeOfVisa }, async (meta) => {
    await checkIdentityKey(meta, keys.identity);
    return [{ do: 'keep-keys', id: id.entity, keys }];
  });
}

/**
 * The keys that decrypt may be of visas of long ago: messages come late.
 * @param key absent on a device that only reads
 */
async function checkIdentityKey(meta: VerifiedMeta, key: PrivateKey | Nothing): Promise<void> {
  if (key === undefined || key === null) return;
  requireArgument(key.publicKey, 'keys.identity.publicKey');
  if (await isIdentityKey(meta, key)) return;
  throw new DimError('CRYPTO_VERIFY', 'is not the private key of the meta', { path: 'keys.identity' });
}

function placeOfVisa(index: number): string {
  return `visas[${index}]`;
}

/** Keeps what everybody may know of a user. See `Dim.addContact`. */
export async function addContact(
  codecs: IdentityCodecs,
  store: Store,
  contact: Contact,
  options: LearnOptions = {},
): Promise<void> {
  const offer = { ...requireArgument(contact, 'contact'), documents: contact.visas };
  await add(codecs, store, offer, { ...options, placeOf: placeOfVisa });
}

/** Keeps a group and its members. See `Dim.addGroup`. */
export async function addGroup(
  codecs: IdentityCodecs,
  store: Store,
  group: Group,
  options: LearnOptions = {},
): Promise<void> {
  const members = membersChange(requireArgument(group, 'group').id, group.members);
  const offer = { ...group, documents: [group.bulletin] };
  await add(codecs, store, offer, { ...options, placeOf: () => 'bulletin' }, () => [members]);
}

/** Sets the members of a group. See `Dim.setMembers`. */
export async function setMembers(store: Store, group: ID, members: readonly ID[]): Promise<void> {
  checkStoreArgument(store);
  await store.commit([membersChange(group, members)]);
}

/** Forgets what is known of an ID. See `Dim.forget`. */
export async function forget(store: Store, id: ID): Promise<void> {
  checkStoreArgument(store);
  checkId(id, 'id');
  const changes: readonly Change[] = [{ do: 'forget', id: id.entity }];
  await commitInTurn(store, id, {
    plan: async () => ({ value: undefined, changes }),
    commit: async () => store.commit(changes),
  });
}

function membersChange(group: ID, members: readonly ID[]): Change {
  checkId(group, 'group');
  if (!group.isGroup) throw new DimError('USAGE_ARGUMENT', 'must be a group', { path: 'group' });
  return { do: 'set-members', group: group.entity, members: memberList(members) };
}

/** An application adds whom it means to know: what is wrong with any part of it is an error. */
async function add(
  codecs: IdentityCodecs,
  store: Store,
  offer: OfferedIdentity,
  options: PlanOptions,
  more: (meta: VerifiedMeta) => Awaitable<readonly Change[]> = () => [],
): Promise<void> {
  checkStoreArgument(store);
  checkId(offer.id, 'id');
  await commitInTurn(store, offer.id, {
    plan: async () => {
      const { value, changes } = await planIdentity(codecs, store, offer, { ...options, isAdded: true });
      const wrong = value.documents.find((outcome) => isDimError(outcome));
      if (wrong !== undefined) throw wrong;
      const added = await more(value.meta);
      return { value: undefined, changes: [{ do: 'add-contact', id: offer.id.entity }, ...changes, ...added] };
    },
    commit: async ({ changes }) => store.commit(changes),
  });
}

/** An identity from a file: on another device of the same person, or on the one that lost it. */
import {
  DimError,
  isDimError,
  MemoryStore,
  Visa,
  type Awaitable,
  type Change,
  type Dim,
  type ID,
  type Store,
  type TerminalKey,
  type User,
} from 'dimp';
import { requireArgument } from 'dimp/extend';
import { equalBytes, knownDocuments, knownMeta, ownKeys } from 'dimp/internal';
import type { ClientStore } from '../ports/client-store.ts';
import { readIdentity, type ExportedContact, type RefusedContact } from './identity-file.ts';
import { passphraseVault, type PassphraseVaultOptions } from './passphrase-vault.ts';

/** How to import an identity. */
export interface ImportOptions {
  /** Opens the file. */
  readonly passphrase: string | (() => Awaitable<string>);
  /** Which costs are opened. */
  readonly sealing?: PassphraseVaultOptions | undefined;
  /**
   * The name of this device, where it is one more: it gets a visa and keys of its own. Without it, this device goes on as the one
   * that the file is from, which must not be used any longer.
   */
  readonly terminal?: string | undefined;
  /** The name that people see, as in `createDevice`. */
  readonly name?: string | undefined;
  /** As in `createDevice`. */
  readonly visaAlgorithms?: readonly string[] | undefined;
}

/** What was imported. */
export interface ImportedIdentity {
  /** With all visas and keys that this device has now. Show the visa of this device to others. */
  readonly user: User;
  /** The contacts that are known now. */
  readonly contacts: readonly ID[];
  /** Those of the file that were not believed, or not read, and why. */
  readonly refused: readonly RefusedContact[];
}

/**
 * Reads what `exportIdentity` wrote, on this or another device, and keeps it in one commit. All of it is verified, as if a
 * stranger had sent it: the meta is that of the ID, the identity key that of the meta, each document is signed, and no other
 * meta is pinned. Nothing that the store has gets lost: the keys of the file come to those that are there.
 *
 * It runs inside of `store.exclusive`: call it outside.
 *
 * @throws DimError `INPUT_FORMAT` for a text that is none, was cut off or damaged; `STORE_VERSION` for one of a later version;
 * `VAULT_PASSPHRASE`; `CRYPTO_VERIFY`, `CRYPTO_META_CHANGED`, `INPUT_…`, `UNSUPPORTED_…` for a user who is not to be believed, or not read;
 * `USAGE_ARGUMENT`, at `terminal` where another device has that name; what the store throws
 * @example
 * ```ts
 * import { importIdentity, type ClientStore } from 'dimsdk';
 * import type { Dim, ID } from 'dimp';
 *
 * async function oneMoreDevice(dim: Dim, store: ClientStore, text: string, passphrase: string): Promise<ID> {
 *   const { user } = await importIdentity(dim, store, text, { passphrase, terminal: 'desktop' });
 *   return user.id.at('desktop');
 * }
 * ```
 */
export async function importIdentity(
  dim: Dim,
  store: ClientStore,
  text: string,
  options: ImportOptions,
): Promise<ImportedIdentity> {
  const { passphrase, sealing } = requireArgument(options, 'options');
  const read = await readIdentity(dim, text, passphraseVault(passphrase, sealing));
  return store.exclusive(async () => {
    const changes: Change[] = [];
    const planned = plannedStore(store, changes);
    const user = await mergedUser(dim, store, read.user, options);
    await dim.addUser(planned, user);
    const { contacts, refused } = await addContacts(dim, planned, user.id, read.contacts);
    await store.commit(changes);
    return { user, contacts, refused: [...read.refused, ...refused] };
  });
}

/** A store that is planned by, and keeps nothing yet. */
function plannedStore(store: Store, changes: Change[]): Store {
  return {
    meta: (id) => store.meta(id),
    documents: (id) => store.documents(id),
    keys: (id) => store.keys(id),
    members: (group) => store.members(group),
    messageKeys: (direction, use) => store.messageKeys(direction, use),
    readState: (mark) => store.readState(mark),
    commit: (more) => {
      changes.push(...more);
    },
  };
}

/** The user of a file, with what the store has of the same, and the device that is to be made. */
async function mergedUser(dim: Dim, store: Store, offered: User, options: ImportOptions): Promise<User> {
  const { id, meta } = offered;
  const { terminal } = options;
  const here = await ownKeys(dim, store, id);
  // By the rules by which the store will keep it, and before anything is made.
  const merged = new MemoryStore();
  const hereKnown = await knownMeta(dim, store, id);
  if (hereKnown !== undefined) {
    const documents = await knownDocuments(dim, store, hereKnown);
    merged.commit([
      { do: 'pin-meta', id, ...hereKnown },
      ...documents.map((document): Change => ({ do: 'keep-document', document })),
    ]);
  }
  const isHere = merged.documents(id).some(({ document }) => isOf(document, terminal));
  await dim.addUser(merged, offered);
  const visas = merged
    .documents(id)
    .map(({ document }) => document)
    .filter((document) => document instanceof Visa);
  const identity = here.identity ?? offered.keys.identity;
  const user = { id: id.entity, meta, visas, keys: { identity, decrypt: union(here.decrypt, offered.keys.decrypt) } };
  if (terminal === undefined) return user;
  // It was imported before.
  if (isHere && here.decrypt.some((key) => key.terminal === terminal)) return user;
  if (visas.some((visa) => isOf(visa, terminal)))
    throw new DimError('USAGE_ARGUMENT', 'is the name of another device of this user: its visa would be replaced', {
      path: 'terminal',
    });
  const { name, visaAlgorithms } = options;
  return dim.createDevice({ user, terminal, name, visaAlgorithms });
}

function isOf(document: unknown, terminal: string | undefined): boolean {
  return document instanceof Visa && document.terminal === terminal;
}

function union(here: readonly TerminalKey[], more: readonly TerminalKey[]): readonly TerminalKey[] {
  const all = [...here];
  for (const entry of more) if (!all.some((known) => isSameKey(known, entry))) all.push(entry);
  return all;
}

function isSameKey(one: TerminalKey, other: TerminalKey): boolean {
  const [a, b] = [one.key.encryptKey, other.key.encryptKey];
  if (one.terminal !== other.terminal || a.algorithm !== b.algorithm) return false;
  if (a.canonical !== undefined && b.canonical !== undefined) return equalBytes(a.canonical, b.canonical);
  return a.fields['data'] === b.fields['data'];
}

async function addContacts(
  dim: Dim,
  planned: Store,
  self: ID,
  offered: readonly ExportedContact[],
): Promise<Pick<ImportedIdentity, 'contacts' | 'refused'>> {
  const contacts = new Map<string, ID>();
  const refused: RefusedContact[] = [];
  for (const { id, meta, visas = [] } of offered) {
    if (contacts.has(id.entityKey) || id.equals(self)) continue;
    try {
      // Of whom the ID alone is known, the rest is asked for later.
      if (meta === undefined) await planned.commit([{ do: 'add-contact', id: id.entity }]);
      else await dim.addContact(planned, { id: id.entity, meta, visas });
      contacts.set(id.entityKey, id.entity);
    } catch (error) {
      if (!isDimError(error) || /^(STORE|INTERNAL)_/.test(error.code)) throw error;
      refused.push({ id: id.toString(), error });
    }
  }
  return { contacts: [...contacts.values()], refused };
}

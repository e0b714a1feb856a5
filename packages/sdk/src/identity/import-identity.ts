/** An identity from a file: on another device of the same person, or on the one that lost it. */
import {
  DimError,
  isDimError,
  Visa,
  type Awaitable,
  type Change,
  type Dim,
  type ID,
  type Memory,
  type Store,
  type TerminalKey,
  type User,
} from 'dimp';
import { requireArgument } from 'dimp/extend';
import { equalBytes, knownDocuments, knownMeta, ownKeys } from 'dimp/internal';
import type { ClientStore } from '../ports/client-store.ts';
import { StagedMemory } from '../store/staged-memory.ts';
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
    const planned = new PlannedStore(dim, store);
    const user = await addUser(dim, planned, read.user, options);
    const { contacts, refused } = await addContacts(dim, planned, user.id, read.contacts);
    await store.commit(planned.changes);
    return { user, contacts, refused: [...read.refused, ...refused] };
  });
}

/** What a store will have, once the changes are kept in it. */
class PlannedStore extends StagedMemory implements Store {
  readonly changes: Change[] = [];

  commit(changes: readonly Change[]): void {
    this.stage(changes);
    this.changes.push(...changes);
  }
}

/** Adds the user of a file to what the store has of the same, and makes the device. */
async function addUser(dim: Dim, planned: PlannedStore, offered: User, options: ImportOptions): Promise<User> {
  const id = offered.id.entity;
  const { terminal, name, visaAlgorithms } = options;
  const here = await ownKeys(dim, planned, id);
  const isHere =
    here.decrypt.some((key) => key.terminal === terminal) &&
    (await knownVisas(dim, planned, id)).some((visa) => visa.terminal === terminal);
  const keys = {
    identity: here.identity ?? offered.keys.identity,
    decrypt: union(here.decrypt, offered.keys.decrypt),
  };
  await dim.addUser(planned, { ...offered, id, keys });
  const visas = await knownVisas(dim, planned, id);
  const user = { id, meta: offered.meta, visas, keys };
  // Without a terminal it is no other device, and with that of this one it was imported before.
  if (terminal === undefined || isHere) return user;
  if (visas.some((visa) => visa.terminal === terminal))
    throw new DimError('USAGE_ARGUMENT', 'is the name of another device of this user: its visa would be replaced', {
      path: 'terminal',
    });
  const device = await dim.createDevice({ user, terminal, name, visaAlgorithms });
  await dim.addUser(planned, device);
  return device;
}

async function knownVisas(dim: Dim, memory: Memory, id: ID): Promise<readonly Visa[]> {
  const known = await knownMeta(dim, memory, id);
  const documents = known === undefined ? [] : await knownDocuments(dim, memory, known);
  return documents.map(({ document }) => document).filter((document) => document instanceof Visa);
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
  planned: PlannedStore,
  self: ID,
  offered: readonly ExportedContact[],
): Promise<Pick<ImportedIdentity, 'contacts' | 'refused'>> {
  const contacts = new Map<string, ID>();
  const refused: RefusedContact[] = [];
  for (const { id, meta, visas = [] } of offered) {
    if (contacts.has(id.entityKey) || id.equals(self)) continue;
    try {
      // Of whom the ID alone is known, the rest is asked for later.
      if (meta === undefined) planned.commit([{ do: 'add-contact', id: id.entity }]);
      else await dim.addContact(planned, { id: id.entity, meta, visas });
      contacts.set(id.entityKey, id.entity);
    } catch (error) {
      if (!isDimError(error) || /^(STORE|INTERNAL)_/.test(error.code)) throw error;
      refused.push({ id: id.toString(), error });
    }
  }
  return { contacts: [...contacts.values()], refused };
}

/** An identity from a file: on another device of the same person, or on the one that lost it. */
import { DimError, isDimError, type Awaitable, type Dim, type ID, type User } from 'dimp';
import { requireArgument } from 'dimp/extend';
import { ownKeys } from 'dimp/internal';
import type { ClientStore } from '../ports/client-store.ts';
import { localUserRow } from '../store/local-users.ts';
import { knownVisas, PlannedStore, planLocalUser, union } from './add-local-user.ts';
import { readIdentity, type ExportedContact, type RefusedContact } from './identity-file.ts';
import { passphraseVault, type PassphraseVaultOptions } from './passphrase-vault.ts';
import { checkOptionNames, requireDim, requireMethod } from '../usage/check-usage.ts';

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

const OPTIONS: Readonly<Record<keyof ImportOptions, true>> = {
  passphrase: true,
  sealing: true,
  terminal: true,
  name: true,
  visaAlgorithms: true,
};

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
  requireDim(dim, 'addUser');
  requireMethod(store, 'exclusive', 'store');
  const { passphrase, sealing } = requireArgument(options, 'options');
  // Without `terminal` this device would go on as the one that the file is from.
  checkOptionNames(options, OPTIONS);
  const read = await readIdentity(dim, text, passphraseVault(passphrase, sealing));
  return store.exclusive(async () => {
    const planned = new PlannedStore(dim, store);
    const user = await addUser(dim, planned, read.user, options);
    const { contacts, refused } = await addContacts(dim, planned, user.id, read.contacts);
    await store.commit(planned.changes, [localUserRow(user.id)]);
    return { user, contacts, refused: [...read.refused, ...refused] };
  });
}

/** Adds the user of a file to what the store has of the same, and makes the device. */
async function addUser(dim: Dim, planned: PlannedStore, offered: User, options: ImportOptions): Promise<User> {
  const { terminal, name, visaAlgorithms } = options;
  const { decrypt } = await ownKeys(dim, planned, offered.id);
  const isHere =
    decrypt.some((key) => key.terminal === terminal) &&
    (await knownVisas(dim, planned, offered.id)).some((visa) => visa.terminal === terminal);
  // Those of this device first: a file is from before.
  const keys = { ...offered.keys, decrypt: union(decrypt, offered.keys.decrypt) };
  const user = await planLocalUser(dim, planned, { ...offered, keys });
  // Without a terminal it is no other device, and with that of this one it was imported before.
  if (terminal === undefined || isHere) return user;
  if (user.visas.some((visa) => visa.terminal === terminal))
    throw new DimError('USAGE_ARGUMENT', 'is the name of another device of this user: its visa would be replaced', {
      path: 'terminal',
    });
  return planLocalUser(dim, planned, await dim.createDevice({ user, terminal, name, visaAlgorithms }));
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

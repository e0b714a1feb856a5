/** A whole identity as one text file: for another device, for another application, for a drawer. */
import { DimError, MemoryStore, Visa, type Awaitable, type Dim, type ID, type Memory, type User } from 'dimp';
import { requireArgument } from 'dimp/extend';
import { checkId, knownDocuments, knownMeta, ownKeys } from 'dimp/internal';
import { writeIdentity, type ExportedContact } from './identity-file.ts';
import { passphraseVault, type PassphraseVaultOptions } from './passphrase-vault.ts';

/** How to export an identity. */
export interface ExportOptions {
  /** Opens the file. It need not be the one that opens the store, and better is not. */
  readonly passphrase: string | (() => Awaitable<string>);
  /** How it seals. */
  readonly sealing?: PassphraseVaultOptions | undefined;
  /** Users whose metas and visas go with it; of whom nothing is known, the ID goes alone. */
  readonly contacts?: readonly ID[] | undefined;
}

/**
 * Writes all that makes a user into one text: ID, meta, visas, the identity key, the keys that decrypt with their terminals, and
 * contacts. It is sealed by a passphrase, and survives mail, messengers and paper that was scanned well.
 *
 * @param id a user whose keys the store has
 * @throws DimError `USAGE_ARGUMENT`, also for a key of a keystore, which nobody gets out of it; `MISSING_PRIVATE_KEY`, `MISSING_META`;
 * what the store throws
 * @example
 * ```ts
 * import { exportIdentity, type ClientStore } from 'dimsdk';
 * import type { Dim, ID } from 'dimp';
 *
 * async function backup(dim: Dim, store: ClientStore, self: ID, friends: readonly ID[]): Promise<string> {
 *   return exportIdentity(dim, store, self, { passphrase: 'correct horse battery staple', contacts: friends });
 * }
 * ```
 */
export async function exportIdentity(dim: Dim, store: Memory, id: ID, options: ExportOptions): Promise<string> {
  const { passphrase, sealing, contacts = [] } = requireArgument(options, 'options');
  const vault = passphraseVault(passphrase, sealing);
  checkId(id, 'id');
  for (const [index, contact] of contacts.entries()) {
    const path = `contacts[${index}]`;
    checkId(contact, path);
    if (!contact.isUser || contact.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'must be a user', { path });
  }
  const user = await localUser(dim, store, id.entity);
  // Nobody finds out that a file is of no use on the day that it is needed.
  await dim.addUser(new MemoryStore(), user);
  const others = new Map(contacts.map((contact) => [contact.entityKey, contact.entity]));
  others.delete(user.id.entityKey);
  const exported: ExportedContact[] = [];
  for (const contact of others.values()) exported.push(await exportedContact(dim, store, contact));
  return writeIdentity({ user, contacts: exported }, vault);
}

async function localUser(dim: Dim, store: Memory, id: ID): Promise<User> {
  const { identity, decrypt } = await ownKeys(dim, store, id);
  if (identity === undefined)
    throw new DimError('MISSING_PRIVATE_KEY', `the store has no identity key of ${id.toString()}`, {
      missing: [{ what: 'private-key', id }],
    });
  const { meta, visas = [] } = await exportedContact(dim, store, id);
  if (meta === undefined)
    throw new DimError('MISSING_META', `the store has no meta of ${id.toString()}`, {
      missing: [{ what: 'meta', id }],
    });
  return { id, meta, visas: visas.filter((visa) => visa instanceof Visa), keys: { identity, decrypt } };
}

async function exportedContact(dim: Dim, store: Memory, id: ID): Promise<ExportedContact> {
  const known = await knownMeta(dim, store, id);
  if (known === undefined) return { id };
  const documents = await knownDocuments(dim, store, known);
  return { id, meta: known.meta.meta, visas: documents.map(({ document }) => document) };
}

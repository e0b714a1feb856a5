/** Opening a store in a browser, and deleting it. */
import { DimError } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import type { ClientStore } from '../ports/client-store.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import type { KeyVault } from '../ports/key-vault.ts';
import { keyringRows } from '../store/keyring-rows.ts';
import { withVault } from '../store/with-vault.ts';
import type { StoreLimits } from './commit.ts';
import { Database, deleteDatabase } from './database.ts';
import { turnsOf } from './exclusive.ts';
import { IndexedDbStore, type StoreCodecs } from './indexeddb-store.ts';

/** Which store to open, and how much it remembers. */
export interface IndexedDbStoreOptions {
  /** Reads what is kept: the context that the client uses. */
  readonly dim: StoreCodecs;
  /** Which of the stores of this origin. Its tabs and workers use one store by one name. */
  readonly name: string;
  /**
   * Seals the private keys. Whatever runs in the origin can read what is `unprotected`, and so can who has the disk. Keys
   * that were kept so are sealed as soon as the store is opened with a vault.
   */
  readonly vault: KeyVault | 'unprotected';
  /** How many strangers are remembered, those heard of last: who was added is not counted. 10,000, if not given. */
  readonly strangers?: number | undefined;
  /** How many characters the metas and documents of strangers may have, all together; 64 Mi, if not given. */
  readonly strangersLength?: number | undefined;
  /**
   * For how many directions message keys are kept, those that were changed last, and for how many more those that came from
   * strangers; 10,000, if not given.
   */
  readonly messageKeys?: number | undefined;
  /** How many messages are known as read: of contacts, and of strangers; 100,000 each, if not given. */
  readonly readMarks?: number | undefined;
  /** How old they may be, in seconds; 30 days, if not given. Older ones are the first to go when there is no room. */
  readonly readMarksAge?: number | undefined;
  /** That of this device, if not given. */
  readonly clock?: Clock | undefined;
}

const DAY = 24 * 60 * 60;

/**
 * Opens a store in IndexedDB, in a page or a worker. It is made where there is none.
 *
 * Several tabs may have it open: each sees at once what another one has committed. What a commit has kept is on the disk
 * when it is done. Browsers may delete it all the same where the disk is full, and some do after weeks without a visit,
 * unless `navigator.storage.persist()` was granted: ask for it.
 *
 * Where the browser has no Web Locks, in pages that did not come over https, `exclusive` keeps apart the actions of one tab
 * and not those of several.
 *
 * @throws DimError `STORE_VERSION` when a later version of this library has written it; `STORE_FULL`; `STORE_FAILED`, also where
 * the browser gives no IndexedDB, and where another tab goes on using an older version; `VAULT_PASSPHRASE`; `USAGE_ARGUMENT`
 * @example
 * ```ts
 * import { createDim } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 * import { passphraseVault } from 'dimsdk';
 * import { openIndexedDbStore } from 'dimsdk/browser';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * export const store = await openIndexedDbStore({ dim, name: 'chat', vault: passphraseVault('correct horse') });
 * ```
 */
export async function openIndexedDbStore(options: IndexedDbStoreOptions): Promise<ClientStore> {
  const { dim, vault, clock = systemClock } = requireArgument(options, 'options');
  const name = databaseName(options.name);
  for (const codec of CODECS) requireArgument(requireArgument(dim, 'dim')[codec], `dim.${codec}`);
  checkVault(vault);
  const limits = limitsOf(options);
  const database = await Database.open({ name, clock });
  const store = new IndexedDbStore({ database, codecs: dim, turns: turnsOf(name), limits, clock });
  try {
    if (vault !== 'unprotected') return await sealed(store, vault, dim);
    await requireUnsealed(store);
    return store;
  } catch (error) {
    await store.close();
    throw error;
  }
}

/**
 * Deletes a store, with all that was kept; nothing happens where there is none. Who has it open, in any tab, is told
 * `STORE_CLOSED` from then on.
 *
 * @throws DimError `STORE_FAILED`, also where another tab goes on using it; `USAGE_ARGUMENT`
 */
export async function deleteIndexedDbStore(options: Pick<IndexedDbStoreOptions, 'name' | 'clock'>): Promise<void> {
  const { name, clock = systemClock } = requireArgument(options, 'options');
  await deleteDatabase(databaseName(name), clock);
}

const CODECS = ['ID', 'Meta', 'Document', 'PrivateKey', 'DecryptKey', 'SymmetricKey', 'limits'] as const;

/** The name of the database, and of its lock: an application may have others. */
function databaseName(name: unknown): string {
  if (typeof name !== 'string' || name === '')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(name)}`, { path: 'name' });
  return `dimsdk/${name}`;
}

/** @throws DimError `USAGE_ARGUMENT`: nobody is to have unprotected keys by leaving something out */
function checkVault(vault: KeyVault | 'unprotected'): void {
  if (vault === 'unprotected' || (typeof vault === 'object' && vault !== null)) return;
  throw new DimError('USAGE_ARGUMENT', `must be a vault or 'unprotected', not ${typeName(vault)}`, { path: 'vault' });
}

function limitsOf(options: IndexedDbStoreOptions): StoreLimits {
  const { strangers = 10_000, strangersLength = 64 * 1024 * 1024, messageKeys = 10_000 } = options;
  const { readMarks = 100_000, readMarksAge = 30 * DAY } = options;
  for (const [path, limit] of Object.entries({ strangers, strangersLength, messageKeys }))
    if (!Number.isSafeInteger(limit) || limit < 0)
      throw new DimError('USAGE_ARGUMENT', 'must be a whole number, not negative', { path });
  for (const [path, limit] of Object.entries({ readMarks, readMarksAge }))
    if (typeof limit !== 'number' || !(limit > 0))
      throw new DimError('USAGE_ARGUMENT', 'must be more than 0', { path });
  return { strangers, strangersLength, messageKeys, marks: { capacity: readMarks, maxAge: readMarksAge } };
}

/** With a vault before it. Rings that were kept without one are sealed. */
async function sealed(store: IndexedDbStore, vault: KeyVault, dim: StoreCodecs): Promise<ClientStore> {
  const vaulted = withVault(store, vault, dim);
  const rings = await store.unsealedRings();
  if (rings.length === 0) return vaulted;
  await vaulted.commit(rings.map(({ id, keys }) => ({ do: 'keep-keys', id, keys })));
  // Where the process ends before this, both are done again.
  await store.dropUnsealedRings();
  return vaulted;
}

/** @throws DimError `USAGE_ARGUMENT`: nobody would find the keys that are there */
async function requireUnsealed(store: ClientStore): Promise<void> {
  const [row] = await keyringRows(store, 1);
  if (row === undefined) return;
  throw new DimError('USAGE_ARGUMENT', 'the keys in this store are sealed: give the vault of them', { path: 'vault' });
}

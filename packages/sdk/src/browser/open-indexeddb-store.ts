/** Opening a store in a browser, and deleting it. */
import { DimError } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import type { ClientStore } from '../ports/client-store.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import { STORE_CODECS, type StoreCodecs } from '../store/kept-forms.ts';
import { readStoreLimits, STORE_LIMIT_NAMES, type StoreLimitOptions } from '../store/store-limits.ts';
import { checkVaultChoice, withChosenVault, type VaultChoice } from '../store/vault-choice.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import { Database, deleteDatabase } from './database.ts';
import { turnsOf } from './exclusive.ts';
import { IndexedDbStore } from './indexeddb-store.ts';

/** Which store to open, and how much it remembers. */
export interface IndexedDbStoreOptions extends StoreLimitOptions {
  /** Reads what is kept: the context that the client uses. */
  readonly dim: StoreCodecs;
  /** Which of the stores of this origin. Its tabs and workers use one store by one name. */
  readonly name: string;
  /**
   * Seals the private keys. Whatever runs in the origin can read what is `unprotected`, and so can who has the disk. Keys
   * that were kept so are sealed as soon as the store is opened with a vault.
   */
  readonly vault: VaultChoice;
  /** That of this device, if not given. */
  readonly clock?: Clock | undefined;
}

const OPTIONS: Readonly<Record<keyof IndexedDbStoreOptions, true>> = {
  dim: true,
  name: true,
  vault: true,
  clock: true,
  ...STORE_LIMIT_NAMES,
};

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
  checkOptionNames(options, OPTIONS);
  const name = databaseName(options.name);
  for (const codec of STORE_CODECS) requireArgument(requireArgument(dim, 'dim')[codec], `dim.${codec}`);
  checkVaultChoice(vault);
  const limits = readStoreLimits(options);
  const database = await Database.open({ name, clock });
  const store = new IndexedDbStore({ database, codecs: dim, turns: turnsOf(name), limits, clock });
  try {
    return await withChosenVault(store, vault, dim);
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

/** The name of the database, and of its lock: an application may have others. */
function databaseName(name: unknown): string {
  if (typeof name !== 'string' || name === '')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(name)}`, { path: 'name' });
  return `dimsdk/${name}`;
}

/** Opening a store in a file. */
import { resolve } from 'node:path';
import { DimError } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import type { ClientStore } from '../ports/client-store.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import { STORE_CODECS, type StoreCodecs } from '../store/kept-forms.ts';
import { readStoreLimits, STORE_LIMIT_NAMES, type StoreLimitOptions } from '../store/store-limits.ts';
import { checkVaultChoice, withChosenVault, type VaultChoice } from '../store/vault-choice.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import { connect } from './sqlite-connect.ts';
import { loadSqliteDriver } from './sqlite-driver.ts';
import { prepareFile } from './sqlite-files.ts';
import { SqliteLock } from './sqlite-lock.ts';
import { SqliteStore } from './sqlite-store.ts';

/** Which store to open, and how much it remembers. */
export interface SqliteStoreOptions extends StoreLimitOptions {
  /** Reads what is kept: the context that the client uses. */
  readonly dim: StoreCodecs;
  /** The file, in a folder that is there, on a disk of this machine. */
  readonly path: string;
  /**
   * Seals the private keys. Whoever can read the file has what is `unprotected`. Keys that were kept so are sealed as soon as
   * the store is opened with a vault.
   */
  readonly vault: VaultChoice;
  /** That of this device, if not given. */
  readonly clock?: Clock | undefined;
}

const OPTIONS: Readonly<Record<keyof SqliteStoreOptions, true>> = {
  dim: true,
  path: true,
  vault: true,
  clock: true,
  ...STORE_LIMIT_NAMES,
};

/**
 * Opens a store in a file of SQLite, and makes it where there is none. Only the owner of the file can read it.
 *
 * Several processes may have it open: each sees at once what another one has committed. What a commit has kept is on the disk
 * when it is done: neither a process that is killed nor a power cut takes it back. Beside the file lie others with its name
 * and an ending: `-wal`, `-shm`, `-lock`, `-gate`; the first one is part of the data.
 *
 * It needs Node 22.13 or later, or the package `libsql`.
 *
 * @throws DimError `STORE_VERSION` when a later version of this library has written it; `STORE_FULL`; `STORE_FAILED` when it cannot be
 * written, is damaged, is of another application, or there is no SQLite; `VAULT_PASSPHRASE`; `USAGE_ARGUMENT`
 * @example
 * ```ts
 * import { createDim } from 'dimp';
 * import { standardPlugin } from 'dimplugins';
 * import { passphraseVault } from 'dimsdk';
 * import { openSqliteStore } from 'dimsdk/node';
 *
 * const dim = createDim({ plugins: [standardPlugin()] });
 * export const store = await openSqliteStore({ dim, path: 'chat.db', vault: passphraseVault('correct horse') });
 * ```
 */
export async function openSqliteStore(options: SqliteStoreOptions): Promise<ClientStore> {
  const { dim, vault, clock = systemClock } = requireArgument(options, 'options');
  checkOptionNames(options, OPTIONS);
  for (const codec of STORE_CODECS) requireArgument(requireArgument(dim, 'dim')[codec], `dim.${codec}`);
  if (typeof options.path !== 'string' || options.path === '')
    throw new DimError('USAGE_ARGUMENT', `must be text, not ${typeName(options.path)}`, { path: 'path' });
  checkVaultChoice(vault);
  const limits = readStoreLimits(options);
  const driver = await loadSqliteDriver();
  const path = prepareFile(resolve(options.path));
  const connection = await connect(driver, path);
  const store = new SqliteStore({ connection, lock: new SqliteLock(driver, path), path, codecs: dim, limits, clock });
  try {
    return await withChosenVault(store, vault, dim);
  } catch (error) {
    await store.close();
    throw error;
  }
}

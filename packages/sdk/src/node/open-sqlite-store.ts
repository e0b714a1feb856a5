/** Opening a store in a file. */
import { resolve } from 'node:path';
import { setTimeout } from 'node:timers/promises';
import { DimError } from 'dimp';
import { requireArgument, typeName } from 'dimp/extend';
import type { ClientStore } from '../ports/client-store.ts';
import { systemClock, type Clock } from '../ports/clock.ts';
import { STORE_CODECS, type StoreCodecs } from '../store/kept-forms.ts';
import { readStoreLimits, type StoreLimitOptions } from '../store/store-limits.ts';
import { checkVaultChoice, withChosenVault, type VaultChoice } from '../store/vault-choice.ts';
import { SqliteConnection } from './sqlite-connection.ts';
import { loadSqliteDriver, SqliteError, type SqliteDriver } from './sqlite-driver.ts';
import { storeFailure } from './sqlite-failures.ts';
import { prepareFile } from './sqlite-files.ts';
import { SqliteLock } from './sqlite-lock.ts';
import { migrate, versionOf } from './sqlite-schema.ts';
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

/** How long a write waits for that of another process, in milliseconds. */
const PATIENCE = 5000;

/** How long to wait before opening is tried again, in milliseconds. */
const PAUSE = 20;

/** The result code of SQLite where another process is at it. */
const BUSY = 5;

/**
 * A commit is on the disk when it is done; what is deleted is overwritten; what a damaged file says of itself is not
 * believed.
 */
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = ON;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA journal_size_limit = ${16 * 1024 * 1024};
`;

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

/** A file with the tables of this version. @throws DimError `STORE_…` */
async function connect(driver: SqliteDriver, path: string): Promise<SqliteConnection> {
  for (let left = PATIENCE / PAUSE; ; left--) {
    try {
      return tryToConnect(driver, path);
    } catch (error) {
      // Where two processes make a file at once, or one recovers it, SQLite does not wait.
      if (!(error instanceof SqliteError && error.primaryCode === BUSY) || left <= 0) throw storeFailure(error, path);
      await setTimeout(PAUSE);
    }
  }
}

/** @throws DimError `STORE_…`; SqliteError */
function tryToConnect(driver: SqliteDriver, path: string): SqliteConnection {
  const connection = new SqliteConnection(driver.open(path));
  try {
    connection.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
    // Before anything is written: the file may be somebody else's.
    versionOf(connection, path);
    connection.exec(SETTINGS);
    migrate(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

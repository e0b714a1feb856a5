/** A file of SQLite, ready for an engine, and of no other process. */
import { DimError } from 'dimp';
import {
  prepareFile,
  restrictFiles,
  SqliteConnection,
  SqliteError,
  storeFailure,
  type SqliteDriver,
} from 'dimsdk/node/internal';
import { migrate, versionOf } from './schema.ts';

/** The result code of SQLite where another one is at it. */
const BUSY = 5;

/** How long a write waits for whoever looks into the file from outside, in milliseconds. */
const PATIENCE = 5000;

/** Up to how many pages of 4096 bytes are in the log before they are written into the file, each once. */
const LOG_PAGES = 4096;

/** How much of the file is in memory, in kibibytes: the upper levels of the indexes of a million messages. */
const CACHE = 32 * 1024;

/** A commit is on the disk when it is done; what a damaged file says of itself is not believed. */
const SETTINGS = `
  PRAGMA journal_mode = WAL;
  PRAGMA synchronous = FULL;
  PRAGMA secure_delete = FAST;
  PRAGMA trusted_schema = OFF;
  PRAGMA cell_size_check = ON;
  PRAGMA cache_size = -${CACHE};
  PRAGMA wal_autocheckpoint = ${LOG_PAGES};
  PRAGMA journal_size_limit = ${LOG_PAGES * 4096};
`;

/** An open file. */
export interface EngineFile {
  readonly connection: SqliteConnection;
  close(): void;
}

/**
 * Opens a file with the tables of this version. It stays locked until it is closed, or its process ends, however that does.
 * @param path as `prepareFile` gives it
 * @throws DimError `STORE_…`
 */
export function connect(driver: SqliteDriver, path: string): EngineFile {
  try {
    const lock = takeLock(driver, path);
    try {
      const connection = openTables(driver, path);
      return {
        connection,
        close: () => {
          connection.close();
          lock.close();
        },
      };
    } catch (error) {
      lock.close();
      throw error;
    }
  } catch (error) {
    throw storeFailure(error, path);
  }
}

/** A transaction that writes nothing, in a small database beside the file: others may read the file itself meanwhile. */
function takeLock(driver: SqliteDriver, path: string): SqliteConnection {
  const lock = new SqliteConnection(driver.open(prepareFile(`${path}-lock`)));
  try {
    lock.exec('PRAGMA busy_timeout = 0');
    lock.exec('BEGIN IMMEDIATE');
    return lock;
  } catch (error) {
    lock.close();
    if (!(error instanceof SqliteError && error.primaryCode === BUSY)) throw error;
    throw new DimError('STORE_FAILED', `another station has ${path} open: a file is for one process`, { cause: error });
  }
}

/** @throws DimError `STORE_…`; SqliteError */
function openTables(driver: SqliteDriver, path: string): SqliteConnection {
  const connection = new SqliteConnection(driver.open(path));
  try {
    connection.exec(`PRAGMA busy_timeout = ${PATIENCE}`);
    // Before anything is written: the file may be somebody else's.
    versionOf(connection, path);
    restrictFiles(path);
    connection.exec(SETTINGS);
    migrate(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

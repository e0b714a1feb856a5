/** A file of SQLite, ready for a store. */
import { setTimeout } from 'node:timers/promises';
import { SqliteConnection } from './sqlite-connection.ts';
import { SqliteError, type SqliteDriver } from './sqlite-driver.ts';
import { storeFailure } from './sqlite-failures.ts';
import { restrictFiles } from './sqlite-files.ts';
import { migrate, versionOf } from './sqlite-schema.ts';

/** How long a write waits for that of another process, in milliseconds. */
const PATIENCE = 5000;

/** How long to wait before opening is tried again, in milliseconds. */
const PAUSE = 20;

/** The result code of SQLite where another process is at it. */
const BUSY = 5;

/** Up to how many pages of 4096 bytes are in the log before they are written into the file, each once. */
const LOG_PAGES = 4096;

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
  PRAGMA wal_autocheckpoint = ${LOG_PAGES};
  PRAGMA journal_size_limit = ${LOG_PAGES * 4096};
`;

/** A file with the tables of this version. @throws DimError `STORE_…` */
export async function connect(driver: SqliteDriver, path: string): Promise<SqliteConnection> {
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
    restrictFiles(path);
    connection.exec(SETTINGS);
    migrate(connection, path);
    return connection;
  } catch (error) {
    connection.close();
    throw error;
  }
}

/** A connection to a database: it ends when it is closed here, and by what happens in other tabs. */
import { deleteDB, openDB } from 'idb';
import { DimError } from 'dimp';
import type { Clock } from '../ports/clock.ts';
import { nameOf, storeFailure } from './failures.ts';
import { MIGRATIONS, type Migration, type TableDatabase, type Tables, type Upgrading } from './schema.ts';

/**
 * How long to wait for other tabs, in seconds. Those that have the database open in an older version close it as soon as they
 * are told; but one that does not holds up all who ask after it, and only the first of them is told by the browser.
 */
const PATIENCE = 30;

/** Which database to open. */
export interface OpenDatabaseOptions {
  /** Among those of this origin. */
  readonly name: string;
  readonly clock: Clock;
  /** Those that there are, if not given. */
  readonly migrations?: readonly Migration[] | undefined;
}

/** A connection. */
export class Database {
  #connection: TableDatabase | undefined;
  #end: string | undefined;

  /**
   * Opens a database, and makes it of the newest version.
   * @throws DimError `STORE_VERSION`, `STORE_FULL`, `STORE_FAILED`: also where there is no IndexedDB, or where another tab goes
   * on using an older version
   */
  static async open({ name, clock, migrations = MIGRATIONS }: OpenDatabaseOptions): Promise<Database> {
    const database = new Database();
    let failure: unknown;
    const open = async (hasBegun: () => void): Promise<TableDatabase> =>
      openDB<Tables>(name, migrations.length, {
        upgrade(connection, before, _after, transaction) {
          hasBegun();
          // Why it fails is told by the upgrade, and by what opening ends with.
          transaction.done.catch(() => undefined);
          upgrade(connection, transaction, migrations.slice(before)).catch((error: unknown) => {
            failure = error;
            transaction.abort();
          });
        },
        blocking(_before, after) {
          const what = after === null ? 'deletes' : 'upgrades';
          database.close(`another tab ${what} the database: load this page again`);
        },
        terminated() {
          database.close('the browser closed the database, as when the data of the site are deleted');
        },
      });
    try {
      database.#connection = await withPatience(clock, open, (late) => {
        late.close();
      });
      return database;
    } catch (error) {
      throw openFailure(failure ?? error);
    }
  }

  /** @throws DimError `STORE_CLOSED` */
  get connection(): TableDatabase {
    if (this.#connection === undefined || this.#end !== undefined) throw this.closed();
    return this.#connection;
  }

  get isClosed(): boolean {
    return this.#end !== undefined;
  }

  /** Ends it, after the transactions that were begun. @param reason what later calls are told */
  close(reason: string): void {
    this.#end ??= reason;
    this.#connection?.close();
  }

  /** What calls are told after the end. */
  closed(cause?: unknown): DimError {
    return new DimError('STORE_CLOSED', this.#end ?? 'the store was closed', { cause });
  }
}

/** Deletes a database; nothing happens where there is none. @throws DimError `STORE_FAILED` */
export async function deleteDatabase(name: string, clock: Clock): Promise<void> {
  try {
    await withPatience(
      clock,
      async () => deleteDB(name),
      () => undefined,
    );
  } catch (error) {
    throw openFailure(error);
  }
}

async function upgrade(
  connection: TableDatabase,
  transaction: Upgrading,
  migrations: readonly Migration[],
): Promise<void> {
  for (const migrate of migrations) await migrate(connection, transaction);
}

/**
 * Waits for what other tabs may hold up, but not for ever.
 * @param begin gets what is to be called when nothing holds it up any longer
 * @param late gets what came of it when nobody waits any longer
 */
async function withPatience<T>(
  clock: Clock,
  begin: (hasBegun: () => void) => Promise<T>,
  late: (value: T) => void,
): Promise<T> {
  requireIndexedDb();
  const waiting = new AbortController();
  const begun = begin(() => {
    waiting.abort();
  });
  const tooLate = clock.wait(PATIENCE, waiting.signal).then(
    () => 'too late' as const,
    async () => new Promise<never>(() => undefined),
  );
  try {
    const first = await Promise.race([begun, tooLate]);
    if (first !== 'too late') return first;
    begun.then(late).catch(() => undefined);
    const reason = `the database was not to be had within ${PATIENCE} seconds: another tab goes on using it as it was`;
    throw new DimError('STORE_FAILED', reason);
  } finally {
    waiting.abort();
  }
}

/** Where storage is forbidden, some browsers have no such global, and some refuse to give it. */
function requireIndexedDb(): void {
  let factory: unknown;
  let cause: unknown;
  try {
    factory = globalThis.indexedDB;
  } catch (error) {
    cause = error;
  }
  if (factory === undefined || factory === null) throw noIndexedDb(cause);
}

function openFailure(error: unknown): DimError {
  // What the pages of an opaque origin, and private windows of some browsers, are told.
  if (['SecurityError', 'InvalidStateError'].includes(nameOf(error))) return noIndexedDb(error);
  return storeFailure(error);
}

function noIndexedDb(cause: unknown): DimError {
  const reason =
    'there is no IndexedDB here: the browser forbids this page to keep anything, as in some private windows';
  return new DimError('STORE_FAILED', reason, { cause });
}

/** One client at a time over a store, of all processes. */
import { resolve } from 'node:path';
import { requireArgument } from 'dimp/extend';
import { loadSqliteDriver } from './sqlite-driver.ts';
import { storeFailure } from './sqlite-failures.ts';
import { prepareFile } from './sqlite-files.ts';
import { tryToEnter } from './sqlite-lock.ts';

/**
 * Holds the store in a file, so that no other process makes a client over it meanwhile: two would each send what is queued. The
 * store itself may be opened and read by others. The kernel lets it go with its process, however that ends.
 *
 * @param path of the store, as `openSqliteStore` takes it
 * @returns what lets it go; undefined where somebody holds it already
 * @throws DimError `STORE_FULL`, `STORE_FAILED`
 * @example
 * ```ts
 * import { holdStore } from 'dimsdk/node';
 *
 * const release = await holdStore('chat.db');
 * if (release === undefined) throw new Error('it is open already');
 * // … openSqliteStore, createClient, client.close(), store.close() …
 * release();
 * ```
 */
export async function holdStore(path: string): Promise<(() => void) | undefined> {
  const file = resolve(requireArgument(path, 'path'));
  const driver = await loadSqliteDriver();
  try {
    const database = driver.open(prepareFile(`${file}-client`));
    database.exec('PRAGMA busy_timeout = 0');
    if (tryToEnter(database)) return () => database.close();
    database.close();
    return undefined;
  } catch (error) {
    throw storeFailure(error, file);
  }
}

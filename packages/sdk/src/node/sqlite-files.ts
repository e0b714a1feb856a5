/** The files of a store: nobody but their owner reads them. */
import { chmodSync, closeSync, openSync, realpathSync, statSync } from 'node:fs';
import { fileFailure } from './sqlite-failures.ts';

/** Nobody else may read. SQLite gives the files that it makes beside a database the mode of that. */
const OWNER_ONLY = 0o600;
const OF_OTHERS = 0o077;

/**
 * Makes a file, where there is none, that only its owner can read and write. One that is there stays as it is.
 * @returns its path, the same for whoever opens it by whatever name
 * @throws DimError `STORE_FAILED`, `STORE_FULL`
 */
export function prepareFile(path: string): string {
  try {
    closeSync(openSync(path, 'a', OWNER_ONLY));
    return realpathSync(path);
  } catch (error) {
    throw fileFailure(error, path);
  }
}

/** Takes away what others may do with a database that is ours, and with what lies beside it. */
export function restrictFiles(path: string): void {
  for (const file of [path, `${path}-wal`, `${path}-shm`]) {
    try {
      if ((statSync(file).mode & OF_OTHERS) !== 0) chmodSync(file, OWNER_ONLY);
    } catch {
      // It is not there; or it belongs to somebody else, who shares it on purpose.
    }
  }
}

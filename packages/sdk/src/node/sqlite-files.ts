/** The files of a store: nobody but their owner reads them. */
import { chmodSync, closeSync, fstatSync, openSync, realpathSync } from 'node:fs';
import { fileFailure } from './sqlite-failures.ts';

/** Nobody else may read. SQLite gives the files that it makes beside a database the mode of that. */
const OWNER_ONLY = 0o600;
const OF_OTHERS = 0o077;

/**
 * Makes a file, where there is none, that only its owner can read and write; one that is there is made such.
 * @returns its path, the same for whoever opens it by whatever name
 * @throws DimError `STORE_FAILED`, `STORE_FULL`
 */
export function prepareFile(path: string): string {
  try {
    const file = openSync(path, 'a', OWNER_ONLY);
    try {
      // Where files have no modes there is nothing to do, and where they are somebody else's nothing can be done.
      if ((fstatSync(file).mode & OF_OTHERS) !== 0) tryToClose(path);
    } finally {
      closeSync(file);
    }
    return realpathSync(path);
  } catch (error) {
    throw fileFailure(error, path);
  }
}

function tryToClose(path: string): void {
  try {
    chmodSync(path, OWNER_ONLY);
  } catch {
    // It is shared on purpose, by whoever owns it.
  }
}

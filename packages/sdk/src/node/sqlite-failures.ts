/** What SQLite and the file system fail with, as errors that say what to do. */
import { DimError, isDimError } from 'dimp';
import { SqliteError } from './sqlite-driver.ts';

const PRIMARY = { busy: 5, locked: 6, readOnly: 8, corrupt: 11, full: 13, cannotOpen: 14, notADatabase: 26 } as const;

/** No room for the file that processes share: SQLITE_IOERR_SHMSIZE. */
const NO_SHARED_MEMORY = 4874;

/** An error of a database, for whoever called the store. What is a DimError already stays as it is. */
export function storeFailure(error: unknown, path: string): DimError {
  if (isDimError(error)) return error;
  if (!(error instanceof SqliteError)) return failed(`the database ${path} failed`, error);
  if (error.primaryCode === PRIMARY.full || error.code === NO_SHARED_MEMORY)
    return new DimError('STORE_FULL', `there is no room on the disk for ${path}: nothing of this was kept`, {
      cause: error,
    });
  return failed(sayOf(error, path), error);
}

function sayOf(error: SqliteError, path: string): string {
  switch (error.primaryCode) {
    case PRIMARY.busy:
    case PRIMARY.locked:
      return `another process has been writing to ${path} for too long`;
    case PRIMARY.readOnly:
    case PRIMARY.cannotOpen:
      return `${path} cannot be written: the file, and the folder that it is in, must be writable`;
    case PRIMARY.corrupt:
      return `the database ${path} is damaged: put a copy of before in its place, or move it away to begin anew`;
    case PRIMARY.notADatabase:
      return `${path} is no database of SQLite: move it away, or give another path`;
    default:
      return `the database ${path} failed: ${error.message}`;
  }
}

/** An error of the file system, for whoever opens a store. */
export function fileFailure(error: unknown, path: string): DimError {
  const { code } = (error ?? {}) as { readonly code?: unknown };
  switch (code) {
    case 'ENOSPC':
    case 'EDQUOT':
      return new DimError('STORE_FULL', `there is no room on the disk for ${path}`, { cause: error });
    case 'ENOENT':
    case 'ENOTDIR':
      return failed(`the folder of ${path} is not there: make it first`, error);
    case 'EISDIR':
      return failed(`${path} is a folder: give the path of a file`, error);
    case 'EACCES':
    case 'EPERM':
    case 'EROFS':
      return failed(`${path} cannot be written: the file, and the folder that it is in, must be writable`, error);
    default:
      return failed(`${path} cannot be opened`, error);
  }
}

function failed(reason: string, cause: unknown): DimError {
  return new DimError('STORE_FAILED', reason, { cause });
}

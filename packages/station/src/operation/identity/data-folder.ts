/** The folder with all that a station keeps: nobody but its user reads it. */
import { chmodSync, mkdirSync, readdirSync, statSync, type Stats } from 'node:fs';
import { join } from 'node:path';
import { DimError } from 'dimp';
import { printable } from '../printable.ts';

/** What a station keeps. */
export interface DataFolder {
  readonly path: string;
  /** Its database. */
  readonly database: string;
  /** Who it is, with its private keys. */
  readonly identity: string;
  /** What lets somebody administer it while it runs. */
  readonly token: string;
}

const FOLDER_OF_OWNER = 0o700;
const OF_OTHERS = 0o077;

/** The files of a folder, whether or not they are there. */
export function dataFolderAt(path: string): DataFolder {
  return {
    path,
    database: join(path, 'station.db'),
    identity: join(path, 'identity.json'),
    token: join(path, 'admin-token'),
  };
}

/**
 * Makes the folder where it is not there. Of one that is, the rights of others are taken away, if it is a station's or empty: a
 * folder with something else in it was not meant.
 *
 * @throws DimError `USAGE_ARGUMENT` for what is no folder for a station; `STORE_FAILED`
 */
export function openDataFolder(path: string): DataFolder {
  const folder = dataFolderAt(path);
  const name = printable(path);
  try {
    mkdirSync(path, { recursive: true, mode: FOLDER_OF_OWNER });
    const stats = statSync(path);
    if (isOpen(stats)) {
      const files = readdirSync(path);
      if (files.length > 0 && !files.includes('identity.json'))
        throw new DimError('USAGE_ARGUMENT', `data must be a folder of its own: ${name} has other files`);
      chmodSync(path, FOLDER_OF_OWNER);
    }
  } catch (error) {
    throw folderFailure(error, name);
  }
  return folder;
}

function isOpen({ mode }: Stats): boolean {
  return process.platform !== 'win32' && (mode & OF_OTHERS) !== 0;
}

function folderFailure(error: unknown, name: string): unknown {
  if (error instanceof DimError) return error;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return new DimError('USAGE_ARGUMENT', `data must be a folder: ${name} is a file, or below one`, { cause: error });
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DimError('STORE_FULL', `there is no room on the disk for ${name}`, { cause: error });
  return new DimError('STORE_FAILED', `the folder ${name} cannot be made, or is not for this user to write`, {
    cause: error,
  });
}

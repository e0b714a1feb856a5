/** The folder with all that a station keeps: nobody but its user reads it. */
import { accessSync, chmodSync, constants, existsSync, mkdirSync, readdirSync, statSync, type Stats } from 'node:fs';
import { dirname, join } from 'node:path';
import { DimError } from 'dimp';
import { printable } from 'dimp/internal';
import { wrong } from '../options/wrong.ts';

/** What a station keeps. */
export interface DataFolder {
  readonly path: string;
  /** Its database. */
  readonly database: string;
  /** Who it is, with its private keys. */
  readonly identity: string;
  /** A folder with what clients have uploaded. */
  readonly files: string;
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
    files: join(path, 'files'),
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
    makeFolder(path);
    const stats = statSync(path);
    if (!stats.isDirectory()) throw wrong(`data must be a folder: ${name} is a file`);
    accessSync(path, constants.R_OK | constants.W_OK | constants.X_OK);
    if (isOpen(stats)) {
      const files = readdirSync(path);
      if (files.length > 0 && !files.includes('identity.json'))
        throw wrong(`data must be a folder of its own: ${name} has other files`);
      chmodSync(path, FOLDER_OF_OWNER);
    }
  } catch (error) {
    throw folderFailure(error, name);
  }
  return folder;
}

/** One after the other: below folders that take none, as those of /proc, Node tries for ever to make all at once. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  try {
    mkdirSync(path, { mode: FOLDER_OF_OWNER });
  } catch (error) {
    // Another process was faster, or it is there and cannot be seen.
    if (((error ?? {}) as { readonly code?: unknown }).code !== 'EEXIST') throw error;
  }
}

function isOpen({ mode }: Stats): boolean {
  return process.platform !== 'win32' && (mode & OF_OTHERS) !== 0;
}

function folderFailure(error: unknown, name: string): unknown {
  if (error instanceof DimError) return error;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return wrong(`data must be a folder: ${name} is a file, or below one`, error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DimError('STORE_FULL', `there is no room on the disk for ${name}`, { cause: error });
  return new DimError('STORE_FAILED', `the folder ${name} cannot be made, or is not for this user to read and write`, {
    cause: error,
  });
}

/** The folder of a person: who it is, with keys, contacts, messages, and which station is used. */
import { chmodSync, existsSync, mkdirSync, statSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { DimError } from 'dimp';
import envPaths from 'env-paths';
import type { Call } from '../command/call.ts';
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

/** Where things are. */
export interface Home {
  readonly path: string;
  /** The store of `dimsdk`. */
  readonly store: string;
  /** What was chosen: {@link Settings}. */
  readonly settings: string;
  /** What everybody may know of its identities: see `cards.ts`. */
  readonly cards: string;
}

/** Says where the home is. */
export const HOME_VARIABLE = 'DIM_HOME';

const FOLDER_OF_OWNER = 0o700;
const OF_OTHERS = 0o077;

/** The files of the home, whether or not they are there. */
export function homeOf({ context, globals }: Call): Home {
  const given = globals.home ?? nonEmpty(context.environment[HOME_VARIABLE]);
  const path = given === undefined ? envPaths('dim', { suffix: '' }).data : resolve(context.folder, given);
  return {
    path,
    store: join(path, 'dim.db'),
    settings: join(path, 'settings.json'),
    cards: join(path, 'identities.json'),
  };
}

/** Whether somebody has made something there. */
export function isHome({ store }: Home): boolean {
  return existsSync(store);
}

/** Makes the folder where it is not there, for its owner alone. @throws DimError `USAGE_ARGUMENT`, `STORE_…` */
export function makeHome({ path }: Home): void {
  const name = printable(path);
  try {
    makeFolder(path);
    const stats = statSync(path);
    if (!stats.isDirectory()) throw wrong(`the home must be a folder: ${name} is a file`);
    if (process.platform !== 'win32' && (stats.mode & OF_OTHERS) !== 0) chmodSync(path, FOLDER_OF_OWNER);
  } catch (error) {
    throw folderFailure(error, name);
  }
}

/** One after the other: below folders that take none, Node tries for ever to make all at once. */
function makeFolder(path: string): void {
  if (existsSync(path)) return;
  makeFolder(dirname(path));
  mkdirSync(path, { mode: FOLDER_OF_OWNER });
}

function folderFailure(error: unknown, name: string): unknown {
  if (error instanceof DimError) return error;
  const { code } = (error ?? {}) as { readonly code?: unknown };
  if (code === 'EEXIST' || code === 'ENOTDIR')
    return wrong(`the home must be a folder: ${name} is below a file`, error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DimError('STORE_FULL', `there is no room on the disk for ${name}`, { cause: error });
  return new DimError('STORE_FAILED', `the folder ${name} cannot be made, or is not for this user`, { cause: error });
}

function nonEmpty(text: string | undefined): string | undefined {
  return text === '' ? undefined : text;
}

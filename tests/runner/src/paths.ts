/** Paths that somebody gave to a command. */
import { closeSync, openSync, readdirSync, statSync, type Stats } from 'node:fs';
import { dirname, resolve } from 'node:path';
import { UsageError } from './usage-error.ts';

/** The path that is meant: pnpm runs scripts in the root of the workspace, the caller may stand elsewhere. */
export function pathOf(text: string): string {
  return resolve(process.env['INIT_CWD'] ?? '.', text);
}

/** A folder that is there and can be read. @throws UsageError */
export function existingFolder(text: string): string {
  const path = pathOf(text);
  if (!there(path).isDirectory()) throw new UsageError(`${path} is a file, and must be a folder`);
  return readable(path);
}

/** A file that is there and can be read. @throws UsageError */
export function existingFile(text: string): string {
  const path = pathOf(text);
  if (there(path).isDirectory()) throw new UsageError(`${path} is a folder, and must be a file`);
  return readable(path);
}

/** A folder that is there or can be made. @throws UsageError */
export function folderToFill(text: string): string {
  const path = pathOf(text);
  const found = statsOf(path);
  if (found === undefined) inFolder(path);
  else if (!found.isDirectory()) throw new UsageError(`${path} is a file, and must be a folder`);
  return path;
}

/** A file that can be written: what was measured for minutes shall not be lost for a slip of the finger. @throws UsageError */
export function fileToWrite(text: string): string {
  const path = pathOf(text);
  if (statsOf(path)?.isDirectory() === true) throw new UsageError(`${path} is a folder, and must be a file`);
  return inFolder(path);
}

function inFolder(path: string): string {
  const parent = dirname(path);
  if (statsOf(parent)?.isDirectory() !== true) throw new UsageError(`there is no folder ${parent} to make it in`);
  return path;
}

function there(path: string): Stats {
  const found = statsOf(path);
  if (found === undefined) throw new UsageError(`${path} is not there`);
  return found;
}

function statsOf(path: string): Stats | undefined {
  try {
    return statSync(path, { throwIfNoEntry: false });
  } catch (error) {
    // Where a file is taken for a folder, nothing is there; other reasons are for whoever gave the path.
    if (codeOf(error) === 'ENOTDIR') return undefined;
    throw new UsageError(`${path} cannot be read: ${codeOf(error)}`);
  }
}

/** By reading: to ask what this user may is more than some runtimes give. */
function readable(path: string): string {
  try {
    if (statSync(path).isDirectory()) readdirSync(path);
    else closeSync(openSync(path, 'r'));
    return path;
  } catch (error) {
    throw new UsageError(`${path} cannot be read: ${codeOf(error)}`);
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && 'code' in error ? String(error.code) : String(error);
}

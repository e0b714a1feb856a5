/** Files that nobody but their owner reads, and that are there whole or not at all. */
import { link, open, unlink } from 'node:fs/promises';
import { dirname } from 'node:path';
import { DimError } from 'dimp';
import { printable } from 'dimp/internal';
import writeFileAtomic from 'write-file-atomic';

const FILE_OF_OWNER = 0o600;

/** Puts a file in the place of any that is there. @throws DimError `STORE_FAILED`, `STORE_FULL` */
export async function replacePrivateFile(path: string, text: string): Promise<void> {
  try {
    await writeFileAtomic(path, text, { mode: FILE_OF_OWNER });
    await flushFolder(path);
  } catch (error) {
    throw writeFailure(error, path);
  }
}

/**
 * Makes a file, where there is none: whoever is first, of several processes too.
 * @returns whether it was made here
 * @throws DimError `STORE_FAILED`, `STORE_FULL`
 */
export async function createPrivateFile(path: string, text: string): Promise<boolean> {
  const draft = `${path}.${process.pid}.new`;
  try {
    await writeFileAtomic(draft, text, { mode: FILE_OF_OWNER });
    try {
      // A link is made whole or not at all, and never over another file, as renaming would.
      await link(draft, path);
    } finally {
      await unlink(draft);
    }
    await flushFolder(path);
    return true;
  } catch (error) {
    if (codeOf(error) === 'EEXIST') return false;
    throw writeFailure(error, path);
  }
}

/** After a power cut a file may have no name, where its folder was not written. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

function codeOf(error: unknown): unknown {
  return ((error ?? {}) as { readonly code?: unknown }).code;
}

function writeFailure(error: unknown, path: string): DimError {
  const code = codeOf(error);
  if (code === 'ENOSPC' || code === 'EDQUOT')
    return new DimError('STORE_FULL', `there is no room on the disk for ${printable(path)}`, { cause: error });
  return new DimError('STORE_FAILED', `${printable(path)} cannot be written: is its folder for this user to write?`, {
    cause: error,
  });
}

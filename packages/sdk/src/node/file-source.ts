/** Files of the disk, to send. */
import { openAsBlob } from 'node:fs';
import { open } from 'node:fs/promises';
import { basename } from 'node:path';
import { DimError } from 'dimp';

/**
 * A file of the disk as a File that is read only as it is sent, in pieces. When it changes meanwhile, reading it fails.
 *
 * @example
 * ```ts
 * import type { Files } from 'dimsdk';
 * import { fileSource } from 'dimsdk/node';
 *
 * async function send(files: Files, path: string) {
 *   return files.upload(await fileSource(path), { kind: 'video' });
 * }
 * ```
 * @throws Error of the file system, with its `code`, when there is no file at the path, or none that may be read
 */
export async function fileSource(path: string): Promise<File> {
  // What is said of a Blob that cannot be opened has no path and no reason.
  const file = await open(path);
  try {
    if (!(await file.stat()).isFile()) throw new DimError('USAGE_ARGUMENT', `${path} is no file`, { path: 'path' });
  } finally {
    await file.close();
  }
  return new File([await openAsBlob(path)], basename(path));
}

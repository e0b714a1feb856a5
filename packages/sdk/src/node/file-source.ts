/** Files of the disk, to send. */
import { openAsBlob } from 'node:fs';
import { basename } from 'node:path';

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
 * @throws Error of the file system, when it cannot be opened
 */
export async function fileSource(path: string): Promise<File> {
  return new File([await openAsBlob(path)], basename(path));
}

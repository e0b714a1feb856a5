/** Encrypted files that wait on the disk until they are sent. */
import { openAsBlob } from 'node:fs';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { FileSpool } from '../ports/file-service.ts';
import { fileSink } from './file-sink.ts';

/**
 * Keeps files in a folder, each in one of its own that only this user can read. What a process leaves there when it ends in
 * the middle of an upload is encrypted, and its key is gone.
 *
 * @param folder one that is there; that of the system for temporary files, if not given
 */
export function fileSpool(folder: string = tmpdir()): FileSpool {
  return Object.freeze<FileSpool>({
    async keep(stream, signal) {
      const own = await mkdtemp(join(folder, 'dimsdk-'));
      const discard = (): Promise<void> => rm(own, { recursive: true, force: true });
      try {
        const path = join(own, 'file');
        await stream.pipeTo(fileSink(path), { signal });
        return { data: await openAsBlob(path), discard };
      } catch (error) {
        await discard();
        throw error;
      }
    },
  });
}

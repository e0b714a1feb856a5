/** Files of the disk, to download to. */
import { randomBytes } from 'node:crypto';
import { open, rename, rm, type FileHandle } from 'node:fs/promises';

/**
 * A stream into a file of the disk. It has another name, that ends in `.part`, until the stream is closed: a process that
 * ends, or a download that fails, leaves nothing that could be taken for the file. One that is there by this name is
 * replaced then.
 *
 * @example
 * ```ts
 * import type { FileContent } from 'dimp';
 * import type { Files } from 'dimsdk';
 * import { fileSink } from 'dimsdk/node';
 *
 * async function save(files: Files, content: FileContent) {
 *   return files.downloadTo(content, fileSink(`/home/me/downloads/${content.filename ?? 'file'}`));
 * }
 * ```
 * Its errors are those of the file system.
 */
export function fileSink(path: string): WritableStream<Uint8Array> {
  const temporary = `${path}.${randomBytes(6).toString('hex')}.part`;
  let opened: FileHandle | undefined;

  /** Opened with the first bytes, or at the end of none: a download that never begins makes no file. */
  async function handle(): Promise<FileHandle> {
    opened ??= await open(temporary, 'wx', 0o600);
    return opened;
  }

  async function discard(): Promise<void> {
    await opened?.close().catch(() => undefined);
    await rm(temporary, { force: true });
  }

  return new WritableStream<Uint8Array>({
    async write(chunk) {
      try {
        await (await handle()).appendFile(chunk);
      } catch (error) {
        await discard();
        throw error;
      }
    },
    async close() {
      try {
        const file = await handle();
        await file.sync();
        await file.close();
        await rename(temporary, path);
      } catch (error) {
        await discard();
        throw error;
      }
    },
    abort: discard,
  });
}

/**
 * The folder with files that clients have uploaded: encrypted, so that it is not known what they are.
 *
 * A file has its name when it is whole and on the disk; until then it has another, and what is left of such by a process that was
 * killed is removed at the next start. Nobody guesses a name: who has it, was told it.
 */
import { randomBytes } from 'node:crypto';
import { mkdir, open, readdir, rename, stat, unlink, type FileHandle } from 'node:fs/promises';
import { join } from 'node:path';
import { DimError } from 'dimp';
import { costOf, FileRoom, LEAST_BYTES } from './file-room.ts';

const NAME = /^[0-9a-f]{32}$/;
const DRAFT = /^[0-9a-f]{32}\.part$/;
const NAME_BYTES = 16;
const FOLDER_OF_OWNER = 0o700;
const FILE_OF_OWNER = 0o600;

/** A file that is kept. */
interface KeptFile {
  readonly cost: number;
  /** When it came, in seconds since 1970. */
  readonly since: number;
  /** Where it came from; undefined for one that was there at the start. */
  readonly address: string | undefined;
}

/** What a folder is opened with. */
export interface FileFolderOptions {
  readonly path: string;
  /** Bytes of all files together. */
  readonly totalBytes: number;
  /** The time by which files become old, in seconds since 1970. */
  now(): number;
}

/** A file that is coming. */
export interface FileDraft {
  /** @throws DimError `STORE_FULL` at `files` where the folder or the disk is full, at `address` where that one has its share */
  write(bytes: Uint8Array): Promise<void>;
  /** It is whole: it is on the disk when this resolves. @returns its name @throws DimError `STORE_…` */
  keep(): Promise<string>;
  /** Nothing of it stays, unless it was kept. */
  discard(): Promise<void>;
}

/** See the top of the file. */
export class FileFolder {
  readonly path: string;
  readonly #now: () => number;
  readonly #room: FileRoom;
  readonly #files = new Map<string, KeptFile>();

  private constructor(options: FileFolderOptions) {
    this.path = options.path;
    this.#now = () => options.now();
    this.#room = new FileRoom(options.totalBytes);
  }

  /** @throws DimError `STORE_FAILED`, `STORE_FULL` */
  static async open(options: FileFolderOptions): Promise<FileFolder> {
    const folder = new FileFolder(options);
    await storing(async () => folder.#load());
    return folder;
  }

  /** Files that are kept. */
  get count(): number {
    return this.#files.size;
  }

  /** Bytes that are taken. */
  get bytes(): number {
    return this.#room.taken;
  }

  has(name: string): boolean {
    return this.#files.has(name);
  }

  /** @throws DimError `STORE_…` */
  async begin(address: string): Promise<FileDraft> {
    return beginDraft({
      folder: this.path,
      now: this.#now,
      take: (bytes) => this.#take(address, bytes),
      give: (bytes) => this.#room.give(address, bytes),
      kept: (name, cost, since) => void this.#files.set(name, { cost, since, address }),
    });
  }

  /** Removes what came before a time. @returns how many files that were @throws DimError `STORE_…` */
  async expire(before: number): Promise<number> {
    let count = 0;
    for (const [name, { cost, since, address }] of this.#files) {
      if (since >= before) continue;
      await storing(async () => removed(join(this.path, name)));
      this.#files.delete(name);
      this.#room.give(address, cost);
      count += 1;
    }
    return count;
  }

  async #load(): Promise<void> {
    await mkdir(this.path, { mode: FOLDER_OF_OWNER, recursive: true });
    for (const name of await readdir(this.path)) {
      const file = join(this.path, name);
      if (DRAFT.test(name)) await removed(file);
      if (!NAME.test(name)) continue;
      const { size, mtimeMs } = await stat(file);
      const cost = costOf(size);
      this.#room.found(cost);
      this.#files.set(name, { cost, since: mtimeMs / 1000, address: undefined });
    }
  }

  #take(address: string, bytes: number): void {
    const why = this.#room.take(address, bytes);
    if (why === 'full') throw new DimError('STORE_FULL', 'have no more room', { path: 'files' });
    if (why === 'share') throw new DimError('STORE_FULL', 'has as much as one may have', { path: 'address' });
  }
}

/** What a draft has to do with its folder. */
interface DraftParts {
  readonly folder: string;
  now(): number;
  take(bytes: number): void;
  give(bytes: number): void;
  kept(name: string, cost: number, since: number): void;
}

async function beginDraft(parts: DraftParts): Promise<FileDraft> {
  const name = randomBytes(NAME_BYTES).toString('hex');
  const path = join(parts.folder, name);
  const draft = `${path}.part`;
  let size = 0;
  let taken = LEAST_BYTES;
  let isKept = false;
  parts.take(taken);
  let handle: FileHandle;
  try {
    handle = await storing(async () => open(draft, 'wx', FILE_OF_OWNER));
  } catch (error) {
    parts.give(taken);
    throw error;
  }
  return {
    write: async (bytes) => {
      const more = costOf(size + bytes.length) - taken;
      if (more > 0) parts.take(more);
      taken += more;
      size += bytes.length;
      await storing(async () => handle.writeFile(bytes));
    },
    keep: async () => {
      const since = parts.now();
      await storing(async () => {
        await handle.utimes(since, since);
        await handle.sync();
        await handle.close();
        await rename(draft, path);
        isKept = true;
        parts.kept(name, taken, since);
        await flushFolder(parts.folder);
      });
      return name;
    },
    discard: async () => {
      if (isKept) return;
      await handle.close().catch(() => undefined);
      await removed(draft).catch(() => undefined);
      parts.give(taken);
    },
  };
}

async function removed(path: string): Promise<void> {
  try {
    await unlink(path);
  } catch (error) {
    // Somebody was faster.
    if (codeOf(error) !== 'ENOENT') throw error;
  }
}

/** After a power cut a file may have no name, where its folder was not written. */
async function flushFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function storing<T>(action: () => Promise<T>): Promise<T> {
  try {
    return await action();
  } catch (error) {
    const code = codeOf(error);
    if (code === 'ENOSPC' || code === 'EDQUOT')
      throw new DimError('STORE_FULL', 'have no more room on the disk', { path: 'files', cause: error });
    throw new DimError('STORE_FAILED', 'cannot be written or read on the disk', { path: 'files', cause: error });
  }
}

function codeOf(error: unknown): unknown {
  return ((error ?? {}) as { readonly code?: unknown }).code;
}

/**
 * The files of a page, as they were when the station started: what is asked for later never reaches the disk, and a page that is built
 * anew meanwhile does not mix with the one before.
 */
import { createHash } from 'node:crypto';
import { readdir, readFile, stat } from 'node:fs/promises';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { brotliCompress, constants, gzip } from 'node:zlib';
import { printable } from 'dimp/internal';
import { lookup } from 'mrmime';
import { DimError } from 'dimp';

/** A chat has a few files, and a megabyte of them: a folder with more is another one than was meant. */
const MOST_FILES = 4096;
const MOST_BYTES = 64 * 1024 * 1024;
/** What is smaller is not worth it. */
const LEAST_PACKED = 1024;

/** How bytes may be packed. */
export type Encoding = 'br' | 'gzip';

/** A file of a page. */
export interface PageFile {
  readonly type: string;
  readonly bytes: Buffer;
  /** By its bytes. */
  readonly digest: string;
  /** Its name changes with what is in it, so that nobody asks again. */
  readonly isForever: boolean;
  /** @returns undefined where that is no smaller */
  packed(encoding: Encoding): Promise<Buffer | undefined>;
}

/** Files by their paths below the page: `index.html`, `assets/chat-BgXk31ab.js`. */
export type PageFiles = ReadonlyMap<string, PageFile>;

/** @throws DimError `USAGE_ARGUMENT` for what is no folder with a page */
export async function readPage(folder: string): Promise<PageFiles> {
  const files = new Map<string, PageFile>();
  let bytes = 0;
  for (const path of await pathsOf(folder, '')) {
    const content = await readFile(join(folder, path));
    bytes += content.length;
    if (bytes > MOST_BYTES) throw noPage(folder, `has more than ${MOST_BYTES} bytes`);
    files.set(path, pageFile(path, content));
  }
  if (!files.has(INDEX)) throw noPage(folder, `has no ${INDEX}`);
  return files;
}

export const INDEX = 'index.html';

/** One with a hyphen and a digest at its end, as those that build pages name them. */
const HASHED = /^assets\/[^/]{1,200}-[A-Za-z0-9_-]{8}\.[a-z0-9]{1,8}$/;

async function pathsOf(folder: string, below: string, found: string[] = []): Promise<readonly string[]> {
  for (const entry of await entriesOf(folder, below)) {
    // What begins with a dot is not for others, as .git.
    if (entry.name.startsWith('.')) continue;
    const path = `${below}${entry.name}`;
    if (entry.isDirectory()) await pathsOf(folder, `${path}/`, found);
    else if (entry.isFile() || (await isLinkToFile(join(folder, path)))) found.push(path);
    if (found.length > MOST_FILES) throw noPage(folder, `has more than ${MOST_FILES} files`);
  }
  return found;
}

async function entriesOf(folder: string, below: string) {
  try {
    return await readdir(join(folder, below), { withFileTypes: true });
  } catch (error) {
    throw noPage(folder, 'cannot be read', error);
  }
}

async function isLinkToFile(path: string): Promise<boolean> {
  return stat(path).then(
    (found) => found.isFile(),
    () => false,
  );
}

function noPage(folder: string, why: string, cause?: unknown): DimError {
  return new DimError('USAGE_ARGUMENT', `web must be a folder with a page: ${printable(folder)} ${why}`, { cause });
}

function pageFile(path: string, bytes: Buffer): PageFile {
  const type = lookup(path) ?? 'application/octet-stream';
  const isText = /^text\/|[/+](?:javascript|json|xml|wasm)$|manifest/.test(type);
  const packing = new Map<Encoding, Promise<Buffer | undefined>>();
  return {
    type: type.startsWith('text/') ? `${type}; charset=utf-8` : type,
    bytes,
    digest: createHash('sha256').update(bytes).digest('base64url'),
    isForever: HASHED.test(path),
    packed: async (encoding) => {
      if (!isText || bytes.length < LEAST_PACKED) return undefined;
      const known = packing.get(encoding) ?? pack(bytes, encoding);
      packing.set(encoding, known);
      return known;
    },
  };
}

async function pack(bytes: Buffer, encoding: Encoding): Promise<Buffer | undefined> {
  const packed = await PACKERS[encoding](bytes);
  return packed.length < bytes.length ? packed : undefined;
}

const QUALITY = { params: { [constants.BROTLI_PARAM_QUALITY]: 9 } };

const PACKERS: Readonly<Record<Encoding, (bytes: Buffer) => Promise<Buffer>>> = {
  br: async (bytes) => promisify(brotliCompress)(bytes, QUALITY),
  gzip: async (bytes) => promisify(gzip)(bytes),
};

/** Making a file ready to be sent: encrypted with a key of its own, and put where it can be sent from again. */
import {
  canStream,
  DimError,
  encryptFile,
  encryptFileStream,
  type ByteTransform,
  type Dim,
  type JsonMap,
  type SymmetricKey,
} from 'dimp';
import { requireArgument } from 'dimp/extend';
import type { FileLimits, FileSpool } from '../ports/file-service.ts';
import { RunningDigest } from './file-digest.ts';
import { openSource, unreadable, type FileSource } from './file-source.ts';
import { observe } from './observed-stream.ts';
import { PhaseProgress, type OnFileProgress } from './progress.ts';
import { wholeTransform } from './whole-file.ts';

/** How to prepare a file. */
export interface PrepareFileOptions {
  readonly dim: Pick<Dim, 'SymmetricKey'>;
  readonly spool: FileSpool;
  /** Of the key: `AES`, or one that all who will get the file understand. */
  readonly algorithm: string;
  readonly limits: FileLimits;
  readonly signal: AbortSignal;
  readonly onProgress?: OnFileProgress | undefined;
}

/** A file that is ready to be sent. */
export interface PreparedFile {
  /** The encrypted file. */
  readonly data: Blob;
  /** What decrypts it: the secret, for the content. */
  readonly key: JsonMap;
  /** Bytes of the file itself. */
  readonly size: number;
  /** SHA-256 of the encrypted file, in hex. */
  readonly sha256: string;
  /** Gives up the room that it takes. */
  discard(): Promise<void>;
}

/**
 * Encrypts a file with a fresh key, once, and keeps it until it is sent.
 *
 * @throws DimError `USAGE_ARGUMENT`; `UNSUPPORTED_ALGORITHM`; `FILE_REFUSED` at `size` for more than the service takes;
 * `FILE_DAMAGED` for a source that cannot be read, or was changed meanwhile; `INPUT_LIMIT` for more than can be encrypted in one
 * piece, where the algorithm does it in one; the signal's reason
 */
export async function prepareFile(source: FileSource, options: PrepareFileOptions): Promise<PreparedFile> {
  const { dim, spool, algorithm, limits, signal, onProgress } = options;
  signal.throwIfAborted();
  const key = startEncryption(await dim.SymmetricKey.generate(algorithm));
  const { stream, size } = openSource(source);
  if (size !== undefined) checkSize(size, limits);
  const progress = new PhaseProgress('preparing', size, onProgress);
  const digest = new RunningDigest();
  let read = 0;
  let written = 0;
  progress.reach(0);
  const plain = observe(stream, (chunk) => {
    read += chunk.length;
    progress.reach(read);
  });
  const encrypted = observe(plain.pipeThrough(key), (chunk) => {
    written += chunk.length;
    checkSize(written, limits);
    digest.update(chunk);
  });
  const kept = await spool.keep(encrypted, signal);
  try {
    if (size !== undefined && size !== read) throw unreadable();
    progress.finish(read);
    return { data: kept.data, key: key.map(), size: read, sha256: digest.value, discard: () => kept.discard() };
  } catch (error) {
    await kept.discard();
    throw error;
  }
}

/** @throws DimError `FILE_REFUSED` */
export function checkSize(bytes: number, { size }: FileLimits): void {
  if (size === undefined || bytes <= size) return;
  throw new DimError('FILE_REFUSED', `the service takes files of up to ${size} bytes`, { path: 'size' });
}

/** Encryption, in pieces or in one. */
interface StartedEncryption extends ByteTransform {
  /** The key map, with what the encryption added; there at the end of the stream. */
  map(): JsonMap;
}

/** In one piece where the algorithm has one tag for the whole. */
function startEncryption(key: SymmetricKey): StartedEncryption {
  if (canStream(key)) {
    const { readable, writable, key: map } = encryptFileStream(key);
    return { readable, writable, map: () => map };
  }
  let written: JsonMap | undefined;
  const { readable, writable } = wholeTransform(async (whole) => {
    const { data, key: map } = await encryptFile(whole, key);
    written = map;
    return data;
  });
  return { readable, writable, map: () => requireArgument(written, 'key') };
}

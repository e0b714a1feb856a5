/** Downloading a file: what comes out is what was sent, or nothing. */
import {
  canStream,
  decryptFile,
  decryptFileStream,
  DimError,
  isDimError,
  NetworkFile,
  type ByteTransform,
  type Dim,
  type JsonMap,
  type SymmetricKey,
} from 'dimp';
import { changeFields } from 'dimp/extend';
import type { FileService } from '../ports/file-service.ts';
import { asBlob } from './file-source.ts';
import { factsOf, type FileFacts, type FileToDownload } from './file-facts.ts';
import { observe } from './observed-stream.ts';
import { PhaseProgress, type OnFileProgress } from './progress.ts';
import { ResumedDownload } from './resumed-download.ts';
import type { TransferRules } from './transfer-rules.ts';
import { wholeTransform } from './whole-file.ts';

/** How to download a file. */
export interface DownloadFileOptions {
  readonly dim: Pick<Dim, 'SymmetricKey'>;
  readonly service: FileService;
  readonly rules: TransferRules;
  /** Bytes at most, as they come. */
  readonly maxSize: number;
  readonly signal: AbortSignal;
  readonly onProgress?: OnFileProgress | undefined;
  /** What decrypts a file whose content has no key: the key of the message, for files of some older clients. */
  readonly key?: JsonMap | undefined;
}

/** A file that was downloaded. */
export interface DownloadedFile {
  /** Bytes of the file itself. */
  readonly size: number;
  /**
   * Whether it is known to be the file that its sender meant: by a digest in the content, or by the tag of its encryption.
   * Else whoever keeps it may have changed it.
   */
  readonly isVerified: boolean;
}

/** Bytes that encryption adds at most, to what a content says of the size. */
const MAX_OVERHEAD = 1024;

/**
 * Downloads a file into a stream. The stream is closed when the file was found to be right, and aborted otherwise: what was
 * written to it before that is not to be used. A file on a disk has another name until then (`fileSink`, and
 * `createWritable` of browsers).
 *
 * @throws DimError `FILE_DAMAGED` for a file of another size, digest or key than its content says; `FILE_TRANSFER`,
 * `FILE_REFUSED`; `INPUT_LIMIT` for more than `maxSize`; `INPUT_…`, `UNSUPPORTED_ALGORITHM` for a key that cannot be used;
 * `USAGE_ARGUMENT`; the signal's reason; whatever the sink throws
 */
export async function downloadFile(
  given: FileToDownload,
  sink: WritableStream<Uint8Array>,
  options: DownloadFileOptions,
): Promise<DownloadedFile> {
  checkSink(sink);
  const writer = sink.getWriter();
  try {
    options.signal.throwIfAborted();
    const downloaded = await write(factsOf(given), writer, options);
    options.signal.throwIfAborted();
    await writer.close();
    return downloaded;
  } catch (error) {
    await writer.abort(error).catch(() => undefined);
    throw error;
  } finally {
    writer.releaseLock();
  }
}

/** @throws DimError `USAGE_ARGUMENT` for what cannot be written to */
export function checkSink(sink: WritableStream<Uint8Array>): void {
  if (sink instanceof WritableStream && !sink.locked) return;
  throw new DimError('USAGE_ARGUMENT', 'must be a WritableStream that nobody else writes to', { path: 'sink' });
}

function write(
  facts: FileFacts,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  options: DownloadFileOptions,
): Promise<DownloadedFile> {
  const { data, url } = facts.file;
  if (data !== undefined) return writeInline(data.bytes, writer, options);
  if (url !== undefined) return writeDownload({ ...facts, url }, writer, options);
  throw new DimError('USAGE_ARGUMENT', 'has neither data nor a URL', { path: 'file' });
}

/** A file that stands in the content itself: no service has a hand in it. */
async function writeInline(
  bytes: Uint8Array,
  writer: WritableStreamDefaultWriter<Uint8Array>,
  { onProgress }: DownloadFileOptions,
): Promise<DownloadedFile> {
  const progress = new PhaseProgress('receiving', bytes.length, onProgress);
  progress.reach(0);
  const size = await pump(asBlob(bytes).stream(), writer);
  progress.finish(size);
  return { size, isVerified: true };
}

async function writeDownload(
  { file, url, size, sha256 }: FileFacts & { readonly url: string },
  writer: WritableStreamDefaultWriter<Uint8Array>,
  options: DownloadFileOptions,
): Promise<DownloadedFile> {
  const { dim, service, rules, signal, maxSize, onProgress } = options;
  const map = file.key ?? keyFor(file, options.key);
  const decryption = map === undefined ? undefined : startDecryption(dim.SymmetricKey.parse(map));
  // What its sender said counts for more than what any application allows.
  const said = size === undefined || size > maxSize ? undefined : Math.min(size + MAX_OVERHEAD, maxSize);
  if (size !== undefined && size > maxSize) throw tooLarge(maxSize);
  const download = new ResumedDownload({
    service,
    url,
    rules,
    signal,
    limit: said ?? maxSize,
    tooLarge: () => (said === undefined || said === maxSize ? tooLarge(maxSize) : wrongSize()),
    digest: sha256,
    progress: new PhaseProgress('receiving', undefined, onProgress),
  });
  const plain = decryption === undefined ? download.stream : download.stream.pipeThrough(decryption.transform);
  let written = 0;
  const checked = observe(plain, (chunk) => {
    written += chunk.length;
    if (size !== undefined && written > size) throw wrongSize();
  });
  try {
    await pump(checked, writer);
  } catch (error) {
    throw asDamage(download.failure ?? error);
  }
  if (size !== undefined && written !== size) throw wrongSize();
  return { size: written, isVerified: sha256 !== undefined || decryption?.isAuthenticated === true };
}

/** A key from elsewhere, with the IV that stands beside where the content's own key would be. */
function keyFor(file: NetworkFile, key: JsonMap | undefined): JsonMap | undefined {
  return key === undefined ? undefined : NetworkFile.parse(changeFields(file.fields, { key })).key;
}

/** Decryption, in pieces or in one. */
interface StartedDecryption {
  readonly transform: ByteTransform;
  /** Whether it notices each change. */
  readonly isAuthenticated: boolean;
}

function startDecryption(key: SymmetricKey): StartedDecryption {
  // What works in pieces has no tag for the whole.
  if (canStream(key)) return { transform: decryptFileStream(key), isAuthenticated: false };
  return { transform: wholeTransform((whole) => decryptFile(whole, key)), isAuthenticated: true };
}

/** Writes a stream to its end. What the writer throws is thrown as it is. */
async function pump(
  stream: ReadableStream<Uint8Array>,
  writer: WritableStreamDefaultWriter<Uint8Array>,
): Promise<number> {
  const reader = stream.getReader();
  let size = 0;
  try {
    for (;;) {
      const { done, value } = await reader.read();
      if (done) return size;
      size += value.length;
      await writer.write(value);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** A file that does not decrypt is damaged, or was encrypted with another key: nobody learns which. */
function asDamage(error: unknown): unknown {
  if (!isDimError(error) || error.code !== 'CRYPTO_DECRYPT') return error;
  return new DimError('FILE_DAMAGED', 'the file does not decrypt with its key', { cause: error });
}

function wrongSize(): DimError {
  return new DimError('FILE_DAMAGED', 'the file is not the one that was sent: its size is another', { path: 'size' });
}

function tooLarge(maxSize: number): DimError {
  return new DimError('INPUT_LIMIT', `the file is larger than ${maxSize} bytes, which is what maxSize allows`, {
    path: 'size',
  });
}

/** The files of a user: what `client.files` is. */
import { DimError, isDimError, NetworkFile, type Dim, type ID } from 'dimp';
import type { Clock } from '../ports/clock.ts';
import type { FileLimits, FilePurpose, FileService, FileSpool } from '../ports/file-service.ts';
import type { Logger } from '../ports/logger.ts';
import { blobSink, blobSpool } from './blob-spool.ts';
import { checkSink, downloadFile, type DownloadedFile } from './download-file.ts';
import { FailedUrls } from './failed-urls.ts';
import { ANY_FILE, createFileContent, type FileContents, type FileKind } from './file-contents.ts';
import { factsOf, type FileToDownload } from './file-facts.ts';
import { extensionOf, isBlob, nameOfSource, openSource, type FileSource } from './file-source.ts';
import {
  checkDownload,
  checkNumber,
  checkUpload,
  readNumbers,
  type DownloadOptions,
  type FilesOptions,
  type UploadAvatarOptions,
  type UploadOptions,
} from './files-options.ts';
import { linkAbort } from './linked-abort.ts';
import { observe } from './observed-stream.ts';
import { checkSize, prepareFile } from './prepare-file.ts';
import { TransferGate } from './transfer-gate.ts';
import type { TransferRules } from './transfer-rules.ts';
import { uploadBlob, type UploadBlobOptions } from './upload-file.ts';

/** What {@link Files} need of whoever has them. */
export interface FilesHost {
  readonly dim: Pick<Dim, 'SymmetricKey'>;
  /** Whose files they are. */
  readonly self: ID;
  readonly service: FileService;
  readonly clock: Clock;
  readonly logger: Logger;
  /** Ends all transfers. */
  readonly signal: AbortSignal;
}

/** Sends and fetches files. */
export class Files {
  readonly #host: FilesHost;
  readonly #spool: FileSpool;
  readonly #rules: TransferRules;
  readonly #maxSize: number;
  readonly #uploads: TransferGate;
  readonly #downloads: TransferGate;
  readonly #failed: FailedUrls;

  /** @throws DimError `USAGE_ARGUMENT` for an option that is no number, or not positive */
  constructor(host: FilesHost, options: FilesOptions = {}) {
    const numbers = readNumbers(options);
    this.#host = host;
    this.#spool = options.spool ?? blobSpool;
    this.#rules = Object.freeze({ ...numbers, clock: host.clock });
    this.#maxSize = numbers.maxSize;
    this.#uploads = new TransferGate(numbers.transfers);
    this.#downloads = new TransferGate(numbers.transfers);
    this.#failed = new FailedUrls(host.clock, numbers.failedFor);
  }

  /** What the service takes. */
  get limits(): Readonly<Record<FilePurpose, FileLimits>> {
    return this.#host.service.limits;
  }

  /**
   * Encrypts a file with a key of its own, uploads it, and gives the content to send.
   *
   * @throws DimError `FILE_REFUSED` where the service does not take it, at `size`, `filename`, `secret` or `url`;
   * `FILE_TRANSFER` when all attempts failed; `FILE_DAMAGED` for a source that cannot be read, or changed meanwhile;
   * `UNSUPPORTED_ALGORITHM`;
   * `INPUT_LIMIT`; `USAGE_ARGUMENT`; the signal's reason
   */
  async upload<K extends FileKind = 'file'>(
    source: FileSource,
    options: UploadOptions<K> = {},
  ): Promise<FileContents[K]> {
    // Without a kind it is a file, as the default of the type says.
    const kind = (options.kind ?? 'file') as K;
    const { algorithm = 'AES', onProgress } = options;
    const filename = nameOfSource(source, options.filename);
    checkUpload(kind, algorithm, options);
    // What no reader would take is told before the file is sent, not after.
    createFileContent(kind, { ...ANY_FILE, filename }, options, options.content ?? {});
    const name = this.#uploadName('file', source, filename);
    const { dim, service } = this.#host;
    return this.#transfer('upload', options.signal, async (signal) => {
      const limits = service.limits.file;
      const prepared = await prepareFile(source, { dim, spool: this.#spool, algorithm, limits, signal, onProgress });
      try {
        const { url } = await this.#send(prepared.data, { purpose: 'file', name, signal, onProgress });
        return createFileContent(kind, { ...prepared, url, filename }, options, options.content ?? {});
      } finally {
        await prepared.discard();
      }
    });
  }

  /**
   * Uploads a picture as it is, for everybody to see, and gives what goes into a visa.
   * @throws DimError as {@link Files.upload}
   */
  async uploadAvatar(picture: FileSource, options: UploadAvatarOptions = {}): Promise<NetworkFile> {
    const { onProgress } = options;
    const name = this.#uploadName('avatar', picture, nameOfSource(picture, options.filename));
    return this.#transfer('upload', options.signal, async (signal) => {
      const data = await this.#collect(picture, signal);
      const { url } = await this.#send(data, { purpose: 'avatar', name, signal, onProgress });
      return NetworkFile.create({ url });
    });
  }

  /**
   * Downloads and decrypts a file, checks it, and gives it as a Blob without a type: what it may be shown as is for the
   * application to say.
   * @throws DimError as {@link Files.downloadTo}
   */
  async download(file: FileToDownload, options: DownloadOptions = {}): Promise<Blob> {
    const sink = blobSink();
    await this.downloadTo(file, sink.writable, options);
    return sink.blob();
  }

  /**
   * Downloads and decrypts a file into a stream, which is closed only when the file was found to be right, and aborted
   * otherwise.
   *
   * @throws DimError `FILE_DAMAGED` for a file of another size, digest or key than its content says; `FILE_TRANSFER` when
   * all attempts failed, or a while ago; `FILE_REFUSED` where it is gone, or not for this application; `INPUT_LIMIT` for
   * more than
   * `maxSize`; `INPUT_…`, `UNSUPPORTED_ALGORITHM` for a key that cannot be used; `USAGE_ARGUMENT`; the signal's reason; whatever
   * the stream throws
   */
  async downloadTo(
    file: FileToDownload,
    sink: WritableStream<Uint8Array>,
    options: DownloadOptions = {},
  ): Promise<DownloadedFile> {
    const { onProgress, key, maxSize = this.#maxSize } = options;
    checkDownload(options);
    checkSink(sink);
    checkNumber('maxSize', maxSize);
    const { dim, service } = this.#host;
    try {
      const { url } = factsOf(file).file;
      if (url !== undefined && options.again !== true) this.#failed.check(url);
      return await this.#transfer('download', options.signal, async (signal) => {
        const rules = this.#rules;
        try {
          return await downloadFile(file, sink, { dim, service, rules, maxSize, signal, onProgress, key });
        } catch (error) {
          if (url !== undefined && isOfService(error)) this.#failed.add(url);
          throw error;
        }
      });
    } catch (error) {
      // Where it did not begin; what was begun is ended already.
      await sink.abort(error).catch(() => undefined);
      throw error;
    }
  }

  /** Runs a transfer when it is its turn, until it is done or any of the signals ends it. */
  async #transfer<T>(
    direction: 'upload' | 'download',
    own: AbortSignal | undefined,
    run: (signal: AbortSignal) => Promise<T>,
  ): Promise<T> {
    const { signal: whole, logger } = this.#host;
    const abort = linkAbort(whole, own);
    try {
      const gate = direction === 'upload' ? this.#uploads : this.#downloads;
      return await gate.pass(abort.signal, () => run(abort.signal));
    } catch (error) {
      if (abort.signal.aborted) throw abort.signal.reason;
      logger.warn(direction === 'upload' ? 'an upload failed' : 'a download failed', {
        code: isDimError(error) ? error.code : 'other',
      });
      throw error;
    } finally {
      abort.release();
    }
  }

  #send(
    data: Blob,
    options: Pick<UploadBlobOptions, 'purpose' | 'name' | 'signal' | 'onProgress'>,
  ): Promise<{
    readonly url: string;
  }> {
    const { self, service } = this.#host;
    return uploadBlob(data, { ...options, sender: self, service, rules: this.#rules });
  }

  /**
   * What a service is told of the name: no more than what it needs to know.
   * @throws DimError `FILE_REFUSED`
   */
  #uploadName(purpose: FilePurpose, source: FileSource, filename: string | undefined): string {
    const extension = extensionOf(filename) ?? (isBlob(source) ? extensionOfType(source.type) : undefined);
    const { extensions } = this.limits[purpose];
    if (extensions !== undefined && (extension === undefined || !extensions.includes(extension)))
      throw new DimError('FILE_REFUSED', `the service takes files that end in ${extensions.join(', ')}`, {
        path: 'filename',
      });
    return extension === undefined ? purpose : `${purpose}.${extension}`;
  }

  /** A picture as a Blob. */
  async #collect(picture: FileSource, signal: AbortSignal): Promise<Blob> {
    const limits = this.limits.avatar;
    const { stream, size } = openSource(picture);
    if (size !== undefined) checkSize(size, limits);
    let read = 0;
    const sink = blobSink();
    const checked = observe(stream, (chunk) => {
      read += chunk.length;
      checkSize(read, limits);
    });
    await checked.pipeTo(sink.writable, { signal });
    if (read === 0) throw new DimError('USAGE_ARGUMENT', 'must not be empty', { path: 'picture' });
    return sink.blob();
  }
}

/** The extension for a media type, where it is simply the subtype, as of pictures: `image/png`. */
function extensionOfType(type: string): string | undefined {
  const subtype = /^(?:image|audio|video)\/([a-z\d]{1,16})$/i.exec(type)?.[1]?.toLowerCase();
  return subtype === 'mpeg' ? 'mp3' : subtype;
}

/** Whether the service, or what it has, is to blame: asking again at once brings the same. */
function isOfService(error: unknown): boolean {
  return isDimError(error) && error.code.startsWith('FILE_');
}

/**
 * The file service of a station: takes what is encrypted, and gives it to whoever knows its name.
 *
 * Who uploads is not known: the ID in the address is what somebody says. So nothing is counted for it, but for where it comes from.
 */
import type { IncomingMessage, ServerResponse } from 'node:http';
import { pipeline } from 'node:stream/promises';
import send from '@fastify/send';
import type { JsonMap } from 'dimp';
import type { Clock, Logger } from 'dimsdk';
import { AgeClock } from '../directory/age-clock.ts';
import { RareWarnings } from '../link/rare-warnings.ts';
import type { Records } from '../ports/records.ts';
import { FileFolder } from './file-folder.ts';
import { receiveForm } from './receive-form.ts';
import { NO_FILE, notUploaded, refusalOf, tooLarge, uploaded } from './upload-answer.ts';
import { UploadsAtOnce } from './uploads-at-once.ts';

/** How long from one look for old files to the next, in seconds. */
const PAUSE = 10 * 60;
const DAY = 24 * 60 * 60;
/** Bytes of a form beside the file. */
const FORM_BYTES = 16 * 1024;

/** How a file service works. */
export interface FileServiceOptions {
  /** The folder that the files are in; it is made, where it is not there. */
  readonly path: string;
  /** Bytes of all files together, and of one. */
  readonly totalBytes: number;
  readonly fileBytes: number;
  readonly daysKept: number;
  readonly records: Records;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** An upload. */
export interface Upload {
  /** Where it comes from. */
  readonly address: string;
  /** Where files are found: what a name is put behind. */
  readonly place: string;
}

/** See the top of the file. */
export class FileService {
  readonly fileBytes: number;
  readonly #folder: FileFolder;
  readonly #ages: AgeClock;
  readonly #options: FileServiceOptions;
  readonly #warnings: RareWarnings;
  readonly #atOnce = new UploadsAtOnce();
  readonly #coming = new Set<Promise<unknown>>();
  readonly #over = new AbortController();
  readonly #swept: Promise<void>;

  private constructor(options: FileServiceOptions, folder: FileFolder, ages: AgeClock) {
    this.fileBytes = options.fileBytes;
    this.#options = options;
    this.#folder = folder;
    this.#ages = ages;
    this.#warnings = new RareWarnings(options.logger, () => options.clock.now());
    this.#swept = this.#sweep();
  }

  /** @throws DimError `STORE_…` */
  static async open(options: FileServiceOptions): Promise<FileService> {
    const { path, totalBytes, clock, records, logger } = options;
    const ages = new AgeClock({ clock, records, logger, of: 'files' });
    await ages.load();
    const folder = await FileFolder.open({ path, totalBytes, now: () => ages.now() });
    return new FileService(options, folder, ages);
  }

  /** Files that are kept, and the bytes that they and those that are coming take. */
  get kept(): { readonly files: number; readonly bytes: number } {
    return { files: this.#folder.count, bytes: this.#folder.bytes };
  }

  /** Takes a file, from the one part of a form. @returns what to answer */
  async take(request: IncomingMessage, upload: Upload): Promise<JsonMap> {
    // It is not even begun to be read.
    if (Number(request.headers['content-length'] ?? 0) > this.fileBytes + FORM_BYTES) return tooLarge(this.fileBytes);
    if (this.#over.signal.aborted) return notUploaded(503, 'The station ends.');
    if (!this.#atOnce.enter(upload.address))
      return notUploaded(429, 'Too many files come at once: try again in a moment.');
    const coming = this.#receive(request, upload);
    this.#coming.add(coming);
    try {
      return await coming;
    } finally {
      this.#coming.delete(coming);
      this.#atOnce.leave(upload.address);
    }
  }

  async #receive(request: IncomingMessage, { address, place }: Upload): Promise<JsonMap> {
    try {
      const draft = await this.#folder.begin(address);
      try {
        const hasFile = await receiveForm(request, {
          most: this.fileBytes,
          write: async (bytes) => draft.write(bytes),
        });
        if (!hasFile) return NO_FILE;
        const name = await draft.keep();
        return uploaded(place + name, name);
      } finally {
        await draft.discard();
      }
    } catch (error) {
      const refusal = refusalOf(error, this.fileBytes);
      if (refusal === undefined) {
        this.#options.logger.error('a file could not be kept', { error: String(error) });
        return notUploaded(500, 'The station could not keep the file.');
      }
      if (refusal['code'] === 507) this.#warnings.warn('there is no room for a file', { address, ...this.kept });
      return refusal;
    }
  }

  /** Gives a file, or a part of it. @returns false for a name that is none; nothing was answered then */
  async give(request: IncomingMessage, response: ServerResponse, name: string): Promise<boolean> {
    // No name that somebody has thought of reaches the disk.
    if (!this.#folder.has(name)) return false;
    const { statusCode, headers, stream } = await send(request, name, {
      root: this.#folder.path,
      index: false,
      contentType: false,
      cacheControl: false,
    });
    if (statusCode === 404) {
      stream.destroy();
      return false;
    }
    response.writeHead(statusCode, { ...headers, ...FILE_HEADERS });
    try {
      await pipeline(stream, response);
    } catch {
      // Whoever wanted it is gone.
      response.destroy();
    }
    return true;
  }

  /** Ends what is coming, once its connections are over. */
  async close(): Promise<void> {
    this.#over.abort();
    await this.#swept;
    await Promise.allSettled(this.#coming);
  }

  async #sweep(): Promise<void> {
    const { daysKept, logger } = this.#options;
    const keep = daysKept * DAY;
    do {
      try {
        await this.#folder.expire(this.#ages.horizon - keep);
      } catch (error) {
        logger.error('old files could not be removed', { error: String(error) });
      }
    } while (await this.#pause(keep));
  }

  /** @returns whether to go on */
  async #pause(patience: number): Promise<boolean> {
    const { clock, logger } = this.#options;
    try {
      await clock.wait(PAUSE, this.#over.signal);
    } catch {
      return false;
    }
    try {
      await this.#ages.passed(PAUSE, patience);
    } catch (error) {
      logger.error('the age of files could not be written', { error: String(error) });
    }
    return true;
  }
}

/** Whatever is in it, no browser does anything with it; pages of other stations read it, as it is encrypted. */
const FILE_HEADERS = {
  'Content-Type': 'application/octet-stream',
  'Content-Disposition': 'attachment',
  'Content-Security-Policy': "default-src 'none'; sandbox",
  'X-Content-Type-Options': 'nosniff',
  'Cross-Origin-Resource-Policy': 'cross-origin',
  'Access-Control-Allow-Origin': '*',
  'Access-Control-Expose-Headers': 'Content-Length, Content-Range, ETag',
  'Referrer-Policy': 'no-referrer',
  'Cache-Control': 'private, max-age=31536000, immutable',
};

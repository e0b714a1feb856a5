/** How files are transferred, and what of it an application chooses. */
import { DimError, type CreateContentOptions, type JsonMap } from 'dimp';
import type { FileSpool } from '../ports/file-service.ts';
import { checkOptionNames } from '../usage/check-usage.ts';
import { isFileKind, strangeParts, type FileContentParts, type FileKind } from './file-contents.ts';
import type { OnFileProgress } from './progress.ts';

/** How transfers are done. */
export interface FilesOptions {
  /** Where encrypted files wait until they are sent; in Blobs, if not given. In Node: `fileSpool` of `dimsdk/node`. */
  readonly spool?: FileSpool | undefined;
  /** Bytes of a download at most; 128 MiB, if not given. */
  readonly maxSize?: number | undefined;
  /** How many files are transferred at once; 4, if not given. Others wait. */
  readonly transfers?: number | undefined;
  /** Failures in a row after which a transfer is given up; 5, if not given. */
  readonly attempts?: number | undefined;
  /** Seconds between attempts: the first pause, twice as many each time; 1, if not given. */
  readonly pause?: number | undefined;
  /** Seconds between attempts at most; 60, if not given. */
  readonly maxPause?: number | undefined;
  /** Seconds for which a service may keep still; 30, if not given. */
  readonly patience?: number | undefined;
  /** Seconds for which a URL that failed is not asked again; 15 minutes, if not given. */
  readonly failedFor?: number | undefined;
}

/** How to upload a file. */
export interface UploadOptions<K extends FileKind = FileKind> extends FileContentParts {
  /** What it is shown as; `file`, if not given. */
  readonly kind?: K | undefined;
  /** A base name, without any folder; that of the File, if not given. Only receivers see it. */
  readonly filename?: string | undefined;
  /** Of the key; `AES`, which every client knows, if not given. `AES-GCM` and `XSALSA20-POLY1305` hold the file in memory. */
  readonly algorithm?: string | undefined;
  /** The group, the time and the serial number of the content. */
  readonly content?: CreateContentOptions | undefined;
  readonly onProgress?: OnFileProgress | undefined;
  readonly signal?: AbortSignal | undefined;
}

/** How to upload an avatar. */
export type UploadAvatarOptions = Pick<UploadOptions, 'filename' | 'onProgress' | 'signal'>;

/** How to download a file. */
export interface DownloadOptions {
  readonly onProgress?: OnFileProgress | undefined;
  readonly signal?: AbortSignal | undefined;
  /** Bytes at most, in place of {@link FilesOptions.maxSize}. */
  readonly maxSize?: number | undefined;
  /** What decrypts a file whose content has no key: the key of the message, for files of some older clients. */
  readonly key?: JsonMap | undefined;
  /** Asks also a URL that failed a moment ago: the user says so. */
  readonly again?: boolean | undefined;
}

const DEFAULTS = {
  maxSize: 128 * 1024 * 1024,
  transfers: 4,
  attempts: 5,
  pause: 1,
  maxPause: 60,
  patience: 30,
  failedFor: 15 * 60,
} as const;

/** What a client is given for its files has the service too. */
const OPTIONS: Readonly<Record<keyof FilesOptions | 'service', true>> = {
  spool: true,
  maxSize: true,
  transfers: true,
  attempts: true,
  pause: true,
  maxPause: true,
  patience: true,
  failedFor: true,
  service: true,
};

const DOWNLOAD: Readonly<Record<keyof DownloadOptions, true>> = {
  onProgress: true,
  signal: true,
  maxSize: true,
  key: true,
  again: true,
};

const UPLOAD: Readonly<Record<keyof UploadOptions, true>> = {
  kind: true,
  filename: true,
  algorithm: true,
  content: true,
  onProgress: true,
  signal: true,
  thumbnail: true,
  snapshot: true,
  text: true,
};

/** The numbers among the options. */
export type FilesNumbers = Readonly<Record<keyof typeof DEFAULTS, number>>;

/**
 * The numbers that were given, and the defaults of the others.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function readNumbers(options: FilesOptions): FilesNumbers {
  checkOptionNames(options, OPTIONS);
  const given = Object.keys(DEFAULTS).map((key) => {
    const name = key as keyof typeof DEFAULTS;
    return [name, checkNumber(name, options[name] ?? DEFAULTS[name])] as const;
  });
  return Object.freeze({ ...DEFAULTS, ...Object.fromEntries(given) });
}

/** What counts something, and has to be whole. */
const COUNTS: ReadonlySet<string> = new Set(['maxSize', 'transfers', 'attempts']);

/** @throws DimError `USAGE_ARGUMENT` */
export function checkNumber(path: keyof typeof DEFAULTS, value: number): number {
  // Where nothing is not allowed there would be no transfer, no pause and no patience at all.
  const isRight = typeof value === 'number' && value > 0 && value <= Number.MAX_SAFE_INTEGER;
  if (isRight && (!COUNTS.has(path) || Number.isInteger(value))) return value;
  throw new DimError('USAGE_ARGUMENT', `must be a ${COUNTS.has(path) ? 'whole ' : ''}number above 0`, { path });
}

/** @throws DimError `USAGE_ARGUMENT` for a name that is none */
export function checkDownload(options: DownloadOptions): void {
  checkOptionNames(options, DOWNLOAD);
}

/**
 * Checks what an upload is shown as, its parts, and by what it is encrypted.
 * @throws DimError `USAGE_ARGUMENT` for a name or a kind that is none, a part that it does not have, or no encryption at all
 */
export function checkUpload(kind: FileKind, algorithm: string, options: UploadOptions): void {
  checkOptionNames(options, UPLOAD);
  if (!isFileKind(kind)) throw new DimError('USAGE_ARGUMENT', 'must be file, image, audio or video', { path: 'kind' });
  const [strange] = strangeParts(kind, options);
  if (strange !== undefined) throw new DimError('USAGE_ARGUMENT', `is no part of a ${kind}`, { path: strange });
  // Whoever runs the service would have the file, and everybody else: it is found by its digest.
  if (algorithm === 'PLAIN') throw new DimError('USAGE_ARGUMENT', 'must encrypt the file', { path: 'algorithm' });
}

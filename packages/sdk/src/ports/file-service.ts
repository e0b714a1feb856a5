/**
 * File services: where encrypted files lie for those who were sent the key.
 *
 * A service does one thing at a time, once: it neither tries again nor keeps anything. That is done over it, for all
 * services alike.
 */
import type { ID } from 'dimp';

declare global {
  // As of signals: who compiles without the types of a browser or of Node has none of these, but may use all the rest.
  interface Blob {}
  interface URL {}
  interface RequestInit {}
  interface Response {}
}

/** `fetch`, or what does the same. */
export type Fetch = (url: string | URL, init?: RequestInit) => Promise<Response>;

/** What is uploaded: the file of a message, encrypted, or the picture of a person, which everybody may see. */
export type FilePurpose = 'file' | 'avatar';

/** What a service takes. */
export interface FileLimits {
  /** Bytes as they are uploaded, encrypted. No limit is known, if not given. */
  readonly size?: number | undefined;
  /** Extensions of names, in small letters, without a dot: `png`. Any, if not given. */
  readonly extensions?: readonly string[] | undefined;
}

/** An upload, beside the bytes. */
export interface UploadRequest {
  readonly purpose: FilePurpose;
  /** What the service is told of the file's name: `file.png`. It is not the name that its owner gave it. */
  readonly name: string;
  /** Whose file it is. */
  readonly sender: ID;
  /** Ends the attempt. */
  readonly signal: AbortSignal;
  /** Is told how many of the bytes are on their way, all together; on platforms that do not tell, never. */
  readonly onSent: (bytes: number) => void;
}

/** A file that a service has. */
export interface UploadedFile {
  /** Where everybody can download it: `https:` or `http:`. */
  readonly url: string;
}

/** A download, beside the URL. */
export interface DownloadRequest {
  /** How many bytes are there already; the rest will do. 0, if not given. */
  readonly from?: number | undefined;
  /** Ends the attempt, and the stream that came of it. */
  readonly signal: AbortSignal;
}

/** A file as it comes. */
export interface FileBody {
  /** Ends in an error where the connection does before the file. */
  readonly stream: ReadableStream<Uint8Array>;
  /** Where in the file the stream begins: at what was asked for, or at 0 where the service gives files whole only. */
  readonly from: number;
  /** How many bytes the whole file has, as the service says. It may lie. */
  readonly size: number | undefined;
  /** A name that another file at the same URL does not have, as the service says. */
  readonly version: string | undefined;
}

/** A file service. `httpFileService` is one. */
export interface FileService {
  readonly limits: Readonly<Record<FilePurpose, FileLimits>>;
  /**
   * Uploads bytes. They can be read again: the same are uploaded once more where this fails.
   *
   * @throws DimError `FILE_TRANSFER` when another attempt may do; `FILE_REFUSED` when none will, with the path of what is to
   * be changed: `size`, `filename`, `secret`, `url`; the signal's reason when it is aborted
   */
  upload(data: Blob, request: UploadRequest): Promise<UploadedFile>;
  /**
   * Downloads what lies at a URL. A peer chose it: see `httpFileService` for what must be refused.
   *
   * @throws DimError `INPUT_FORMAT` for what is no `http:` or `https:` URL; `FILE_TRANSFER`, `FILE_REFUSED` as
   * {@link FileService.upload}; the signal's reason when it is aborted
   */
  download(url: string, request: DownloadRequest): Promise<FileBody>;
}

/** Bytes that are kept for a while. */
export interface SpooledFile {
  /** Can be read until it is discarded, as often as one likes. */
  readonly data: Blob;
  /** Gives up the room that it takes. Does nothing when it is called again. */
  discard(): Promise<void>;
}

/**
 * Where an encrypted file waits until a service has it, so that it can be sent again: in memory, or on a disk. It is
 * encrypted once, as two encryptions of one file are two files.
 */
export interface FileSpool {
  /**
   * Keeps a stream to its end.
   *
   * @throws what the stream ends in, or the signal's reason; nothing is kept then
   */
  keep(stream: ReadableStream<Uint8Array>, signal: AbortSignal): Promise<SpooledFile>;
}

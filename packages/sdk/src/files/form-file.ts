/** A file in a multipart form, and what comes back for it. */

/** A file in a form. */
export interface FormFile {
  readonly data: Blob;
  /** What the service sees as the name of the file. */
  readonly name: string;
}

/** What to do while a form is sent. */
export interface SendOptions {
  readonly signal: AbortSignal;
  /** Is told how many bytes of the file are on their way. */
  readonly onSent: (bytes: number) => void;
}

/** What a service answers. */
export interface FormAnswer {
  readonly status: number;
  /** At most 64 Ki characters. */
  readonly text: string;
}

/** Sends a form. */
export type SendForm = (url: string, file: FormFile, options: SendOptions) => Promise<FormAnswer>;

/** The name of the part. */
export const PART_NAME = 'file';

/** The type of the part: what it is, only its receiver can tell. */
export const PART_TYPE = 'application/octet-stream';

/**
 * What a content says of its file beside the protocol's own fields.
 *
 * `{ …, "URL", "key", "size"?: bytes of the file itself, "sha256"?: hex, of what lies at the URL }`
 * The protocol has neither. Clients that do not know them keep and ignore them; they stand in the signed and encrypted
 * content, so that nobody but its sender can have written them. The digest is of the encrypted file, so that a changed one
 * is refused before anything of it is decrypted.
 */
import { DimError, NetworkFile, type AttachmentContent, type JsonMap } from 'dimp';
import { fieldOf, typeName } from 'dimp/extend';
import { hasBrand } from 'dimp/internal';

/** The names of the fields. */
export const SIZE = 'size';
export const SHA256 = 'sha256';

/** A content with a file, or a file as such: a thumbnail, an avatar. */
export type FileToDownload = AttachmentContent | NetworkFile;

/** What is known of a file. */
export interface FileFacts {
  readonly file: NetworkFile;
  /** Bytes of the file itself; undefined where its sender did not say. */
  readonly size: number | undefined;
  /** SHA-256 of what lies at the URL, in small hex; undefined where its sender did not say. */
  readonly sha256: string | undefined;
}

/**
 * Reads what a content says of its file. Values in other forms are of other clients, which mean something else by them.
 * @throws DimError `USAGE_ARGUMENT` for what has no file
 */
export function factsOf(given: FileToDownload): FileFacts {
  const file = fileOf(given);
  const { fields } = given;
  return { file, size: readSize(fields), sha256: readDigest(fields) };
}

function fileOf(given: FileToDownload): NetworkFile {
  if (given instanceof NetworkFile || hasBrand(given, 'mkm.NetworkFile')) return given as NetworkFile;
  const file: NetworkFile | undefined = (given as Partial<AttachmentContent> | undefined)?.file;
  if (file !== undefined) return file;
  throw new DimError('USAGE_ARGUMENT', `must be a content with a file, or a NetworkFile, not ${typeName(given)}`, {
    path: 'file',
  });
}

function readSize(fields: JsonMap): number | undefined {
  const size = fieldOf(fields, SIZE);
  return typeof size === 'number' && Number.isSafeInteger(size) && size >= 0 ? size : undefined;
}

function readDigest(fields: JsonMap): string | undefined {
  const digest = fieldOf(fields, SHA256);
  return typeof digest === 'string' && /^[\da-f]{64}$/i.test(digest) ? digest.toLowerCase() : undefined;
}

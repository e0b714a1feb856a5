/**
 * Binary in a field of the wire: a signature, a ciphertext, an IV.
 *
 * `"SGVsbG8="` · `"base64,SGVsbG8="` · `"data:;base64,SGVsbG8="`
 */
import { decodeBase64, decodeInOneLine, encodeBase64, isBase64 } from './base64.ts';
import { isDataUri, parseDataUri } from './data-uri.ts';

/**
 * The bytes of a field, in any of the forms that a text may have.
 * @throws DimError `INPUT_FORMAT`
 */
export function decodeBinary(text: string): Uint8Array {
  return decodeInOneLine(text) ?? (isDataUri(text) ? parseDataUri(text).bytes : decodeBase64(bareBase64(text)));
}

/**
 * The same in the one spelling of base64, which is the text itself but for rare senders.
 * @throws DimError `INPUT_FORMAT`
 */
export function toBase64(text: string): string {
  return isBase64(text) ? text : encodeBase64(decodeBinary(text));
}

/** A text without the word that may stand before its base64. */
export function bareBase64(text: string): string {
  return text.startsWith('base64,') ? text.slice('base64,'.length) : text;
}

/** Base64 (RFC 4648 section 4), strict: padding required, no white space, one spelling for each value. */
import * as platform from '#base64';
import { DimError } from '../errors/dim-error.ts';

/** The last letters that leave the unused bits zero, before `=` and before `==`. */
const CANONICAL_TAIL_1 = 'AEIMQUYcgkosw048';
const CANONICAL_TAIL_2 = 'AQgw';

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return platform.encodeBase64(bytes);
}

/**
 * Base64 as bytes.
 * @throws DimError `INPUT_FORMAT` for anything but the one canonical spelling
 */
export function decodeBase64(text: string): Uint8Array {
  if (!isBase64(text)) throw new DimError('INPUT_FORMAT', 'must be base64');
  return platform.decodeBase64(text);
}

/** Whether a text is canonical base64. */
export function isBase64(text: unknown): text is string {
  if (typeof text !== 'string' || text.length % 4 !== 0 || !/^[A-Za-z0-9+/]*={0,2}$/.test(text)) return false;
  if (!text.endsWith('=')) return true;
  const padding = text.endsWith('==') ? 2 : 1;
  const tail = text.charAt(text.length - padding - 1);
  return tail !== '' && (padding === 1 ? CANONICAL_TAIL_1 : CANONICAL_TAIL_2).includes(tail);
}

/** Base64 (RFC 4648 section 4), strict: padding required, no white space, one spelling for each value. */
import * as platform from '#base64';
import { DimError } from '../errors/dim-error.ts';

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return platform.encodeBase64(bytes);
}

/**
 * Base64 as bytes.
 * @throws DimError `INPUT_FORMAT` for anything but the one canonical spelling
 */
export function decodeBase64(text: string): Uint8Array {
  const bytes = typeof text === 'string' ? platform.decodeBase64(text) : undefined;
  if (bytes === undefined) throw new DimError('INPUT_FORMAT', 'must be base64');
  return bytes;
}

/** Whether a text is canonical base64. */
export function isBase64(text: unknown): text is string {
  return typeof text === 'string' && platform.decodeBase64(text) !== undefined;
}

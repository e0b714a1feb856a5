/** Looking through bytes wherever JavaScript runs. */

import { decodeBase64, isBase64 } from './base64.ts';

/** From how many bytes on it takes less time to look for long texts than to read all at once: here it never does. */
export const LARGE = Number.POSITIVE_INFINITY;

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });
const latin1 = new TextDecoder('latin1');

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The same bytes, with an `indexOf` that is the platform's own. */
export function searchable(bytes: Uint8Array): Uint8Array {
  return bytes;
}

/** The bytes of a text that is known to be in any form of binary; undefined where that is not the usual one. */
export function decodeKnownBase64(text: string): Uint8Array | undefined {
  return decodeBase64(text);
}

/** The text between two indexes, where it is base64 in its one spelling. */
export function base64In(bytes: Uint8Array, start: number, end: number): string | undefined {
  const text = latin1.decode(bytes.subarray(start, end));
  return isBase64(text) ? text : undefined;
}

/** Looking through bytes wherever JavaScript runs. */

import { decodeBase64 } from './base64.ts';

const decoder = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Whether bytes are UTF-8. */
export function isUtf8(bytes: Uint8Array): boolean {
  try {
    decoder.decode(bytes);
    return true;
  } catch {
    return false;
  }
}

/** The index of the next such byte; -1 where there is none. */
export function indexOfByte(bytes: Uint8Array, byte: number, from: number): number {
  return bytes.indexOf(byte, from);
}

/** The bytes of a text that is known to be in any form of binary; undefined where that is not the usual one. */
export function decodeKnownBase64(text: string): Uint8Array | undefined {
  return decodeBase64(text);
}

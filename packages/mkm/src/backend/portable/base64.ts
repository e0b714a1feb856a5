/** Base64 wherever JavaScript runs. */
import { base64 } from '@scure/base';

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** Canonical base64 as bytes; undefined for any other text. */
export function decodeBase64(text: string): Uint8Array | undefined {
  try {
    return base64.decode(text);
  } catch {
    return undefined;
  }
}

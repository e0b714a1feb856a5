/** Base64 wherever JavaScript runs. */
import { base64 } from '@scure/base';

/** Bytes as base64 with padding. */
export function encodeBase64(bytes: Uint8Array): string {
  return base64.encode(bytes);
}

/** Decodes canonical base64. */
export function decodeBase64(text: string): Uint8Array {
  return base64.decode(text);
}

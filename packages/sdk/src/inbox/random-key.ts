/** Keys of rows that nobody else names. */
import { encodeBase64 } from 'dimp/extend';

/** 128 random bits as text. */
export function randomKey(): string {
  return encodeBase64(crypto.getRandomValues(new Uint8Array(16)));
}

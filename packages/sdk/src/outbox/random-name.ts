/** Names that nobody else gives. */
import { encodeBase64 } from 'dimp/extend';

/** 128 random bits as text. */
export function randomName(): string {
  return encodeBase64(crypto.getRandomValues(new Uint8Array(16)));
}

/** SHA-256 wherever JavaScript runs. */
import { sha256 as digest } from '@noble/hashes/sha2.js';

/** The digest of bytes: 32 bytes. */
export function sha256(bytes: Uint8Array): Uint8Array {
  return digest(bytes);
}

/** Digests in JavaScript. */
import { ripemd160 as ofRipemd160 } from '@noble/hashes/legacy.js';
import { sha256 as ofSha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

export function sha256(data: Uint8Array): Uint8Array {
  return ofSha256(data);
}

export function ripemd160(data: Uint8Array): Uint8Array {
  return ofRipemd160(data);
}

export function keccak256(data: Uint8Array): Uint8Array {
  return keccak_256(data);
}

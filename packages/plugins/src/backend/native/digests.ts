/** Digests of node:crypto, and noble's where OpenSSL may be built without them. */
import { hash } from 'node:crypto';
import { ripemd160 as ofRipemd160 } from '@noble/hashes/legacy.js';
import { keccak_256 } from '@noble/hashes/sha3.js';

export function sha256(data: Uint8Array): Uint8Array {
  // Text and a loop are three times as fast as a Buffer: short strings and arrays live on V8's own heap.
  const text = hash('sha256', data, 'binary');
  const digest = new Uint8Array(32);
  for (let index = 0; index < digest.length; index++) digest[index] = text.charCodeAt(index);
  return digest;
}

export function ripemd160(data: Uint8Array): Uint8Array {
  return ofRipemd160(data);
}

export function keccak256(data: Uint8Array): Uint8Array {
  return keccak_256(data);
}

/** Digests of node:crypto, and noble's where OpenSSL may be built without them. */
import { getHashes, hash } from 'node:crypto';
import { ripemd160 as ofRipemd160 } from '@noble/hashes/legacy.js';

const hasRipemd160 = getHashes().includes('ripemd160');

export function sha256(data: Uint8Array): Uint8Array {
  return bytesOf(hash('sha256', data, 'binary'), 32);
}

export function ripemd160(data: Uint8Array): Uint8Array {
  return hasRipemd160 ? bytesOf(hash('ripemd160', data, 'binary'), 20) : ofRipemd160(data);
}

/** Text and a loop are three times as fast as a Buffer: short strings and arrays live on V8's own heap. */
function bytesOf(text: string, length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  for (let index = 0; index < length; index++) bytes[index] = text.charCodeAt(index);
  return bytes;
}

/**
 * The encodings of PKCS#1 v1.5 (RFC 8017), as long as the modulus: EMSA for signatures, EME for encryption. What decodes
 * the latter is rsa-padding.ts, for every backend.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { decodeHex } from '../../coding/hex.ts';
import { randomBytes } from './random-bytes.ts';

/** DER of a DigestInfo up to the digest: SHA-256 with NULL, 32 bytes. */
const SHA256_INFO = /* @__PURE__ */ decodeHex('3031300d060960864801650304020105000420');

/** `00 01 ff … ff 00 DigestInfo`: what is signed for a message. A signature has one form; verifying makes it anew. */
export function encodeForSignature(message: Uint8Array, length: number): Uint8Array {
  const digest = sha256(message);
  const info = length - SHA256_INFO.length - digest.length;
  const encoded = new Uint8Array(length).fill(0xff, 2, info - 1);
  encoded[1] = 1;
  encoded.set(SHA256_INFO, info);
  encoded.set(digest, info + SHA256_INFO.length);
  return encoded;
}

/** `00 02 padding 00 plaintext`, with random bytes that are not zero as padding. */
export function encodeForEncryption(plaintext: Uint8Array, length: number): Uint8Array {
  const encoded = new Uint8Array(length);
  encoded[1] = 2;
  const end = length - plaintext.length - 1;
  for (let index = 2; index < end;) {
    for (const byte of randomBytes(end - index)) if (byte !== 0) encoded[index++] = byte;
  }
  encoded.set(plaintext, end + 1);
  return encoded;
}

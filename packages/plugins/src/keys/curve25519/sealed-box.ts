/**
 * Sealed boxes, as libsodium's `crypto_box_seal` makes them: anybody can seal one for the owner of a public key, and what
 * it holds tells nothing of who did.
 *
 * `ephemeral public key (32) ‖ tag (16) ‖ ciphertext`: XSalsa20-Poly1305 with the key HSalsa20(X25519 secret, zeros) and
 * the nonce BLAKE2b-24(ephemeral public key ‖ recipient's public key)
 */
import { hsalsa } from '@noble/ciphers/salsa.js';
import { blake2b } from '@noble/hashes/blake2.js';
import { encodeUtf8 } from 'mkm/extend';
import type { ModernBackend, X25519PrivateOperations, X25519PublicOperations } from '../../backend/modern-backend.ts';
import { isSmallOrderX25519 } from './curve25519.ts';

const PUBLIC_KEY_BYTES = 32;
const NONCE_BYTES = 24;

/** Seals a box for the owner of a public key. */
export function sealBox(
  { xsalsa20Poly1305 }: ModernBackend,
  { publicKey, operations }: { readonly publicKey: Uint8Array; readonly operations: X25519PublicOperations },
  plaintext: Uint8Array,
): Uint8Array {
  const ephemeral = operations.agreeOnce();
  const nonce = nonceOf(ephemeral.publicKey, publicKey);
  return joined(ephemeral.publicKey, xsalsa20Poly1305.seal(boxKey(ephemeral.secret), nonce, plaintext));
}

/** Opens a box; undefined when it is none for this key. */
export function openBox(
  { xsalsa20Poly1305 }: ModernBackend,
  operations: X25519PrivateOperations,
  box: Uint8Array,
): Uint8Array | undefined {
  const ephemeral = box.slice(0, PUBLIC_KEY_BYTES);
  // With a point of small order the secret would be one that everybody knows.
  if (ephemeral.length !== PUBLIC_KEY_BYTES || isSmallOrderX25519(ephemeral)) return undefined;
  const key = boxKey(operations.agree(ephemeral));
  return xsalsa20Poly1305.open(key, nonceOf(ephemeral, operations.publicKey), box.subarray(PUBLIC_KEY_BYTES));
}

function nonceOf(ephemeral: Uint8Array, recipient: Uint8Array): Uint8Array {
  return blake2b(joined(ephemeral, recipient), { dkLen: NONCE_BYTES });
}

/** HSalsa20 of a shared secret: what `crypto_box` has for a key. */
function boxKey(secret: Uint8Array): Uint8Array {
  const key = new Uint32Array(8);
  hsalsa(wordsOf(encodeUtf8('expand 32-byte k')), wordsOf(secret), new Uint32Array(4), key);
  return new Uint8Array(key.buffer);
}

/** A copy of bytes as words, in the order of the machine. */
function wordsOf(bytes: Uint8Array): Uint32Array {
  return new Uint32Array(new Uint8Array(bytes).buffer);
}

function joined(one: Uint8Array, other: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(one.length + other.length);
  bytes.set(one);
  bytes.set(other, one.length);
  return bytes;
}

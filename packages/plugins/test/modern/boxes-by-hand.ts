/** Sealed boxes put together of tweetnacl's parts: the library under test has no part in them. */
import { blake2b } from '@noble/hashes/blake2.js';
import nacl from 'tweetnacl';

/** A box for the owner of a scalar, with any 32 bytes for the sender's public key. */
export function boxByHand(ephemeral: Uint8Array, scalar: Uint8Array, plaintext: Uint8Array): Uint8Array {
  const nonce = blake2b(Uint8Array.of(...ephemeral, ...nacl.scalarMult.base(scalar)), { dkLen: 24 });
  // The secret from the recipient's side: so nobody needs to know the sender's.
  return Uint8Array.of(...ephemeral, ...nacl.secretbox(plaintext, nonce, nacl.box.before(ephemeral, scalar)));
}

/** What a box holds; null when it does not open. */
export function openByHand(box: Uint8Array, scalar: Uint8Array): Uint8Array | null {
  const ephemeral = box.slice(0, 32);
  const nonce = blake2b(Uint8Array.of(...ephemeral, ...nacl.scalarMult.base(scalar)), { dkLen: 24 });
  return nacl.secretbox.open(box.subarray(32), nonce, nacl.box.before(ephemeral, scalar));
}

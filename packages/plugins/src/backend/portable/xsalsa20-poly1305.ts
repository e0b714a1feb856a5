/** XSalsa20-Poly1305 in JavaScript: tweetnacl's secretbox, the fastest for messages as short as people write them. */
import nacl from 'tweetnacl';
import type { AuthenticatedCipher } from '../modern-backend.ts';

export const xsalsa20Poly1305: AuthenticatedCipher = {
  seal: (key, nonce, plaintext) => nacl.secretbox(ownBytes(plaintext), nonce, key),
  open: (key, nonce, ciphertext) => nacl.secretbox.open(ownBytes(ciphertext), nonce, key) ?? undefined,
};

/** The library wants the Uint8Array of its own realm: bytes may come from another frame of a page. */
function ownBytes(bytes: Uint8Array): Uint8Array {
  return bytes instanceof Uint8Array ? bytes : new Uint8Array(bytes);
}

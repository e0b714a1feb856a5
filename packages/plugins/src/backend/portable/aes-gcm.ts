/** AES-GCM in JavaScript. */
import { gcm } from '@noble/ciphers/aes.js';
import type { AuthenticatedCipher } from '../modern-backend.ts';

const TAG_BYTES = 16;

export const aesGcm: AuthenticatedCipher = {
  seal: (key, nonce, plaintext) => gcm(key, nonce).encrypt(plaintext),
  open(key, nonce, ciphertext) {
    if (ciphertext.length < TAG_BYTES) return undefined;
    const cipher = gcm(key, nonce);
    try {
      return cipher.decrypt(ciphertext);
    } catch {
      return undefined;
    }
  },
};

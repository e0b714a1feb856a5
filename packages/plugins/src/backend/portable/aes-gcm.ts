/** AES-GCM in JavaScript. */
import { gcm } from '@noble/ciphers/aes.js';
import type { AuthenticatedCipher } from '../modern-backend.ts';

export const aesGcm: AuthenticatedCipher = {
  seal: (key, nonce, plaintext) => gcm(key, nonce).encrypt(plaintext),
  open(key, nonce, ciphertext) {
    const cipher = gcm(key, nonce);
    try {
      return cipher.decrypt(ciphertext);
    } catch {
      return undefined;
    }
  },
};

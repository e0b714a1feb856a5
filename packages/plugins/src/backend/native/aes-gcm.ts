/** AES-GCM of node:crypto. */
import { createCipheriv, createDecipheriv } from 'node:crypto';
import type { AuthenticatedCipher } from '../modern-backend.ts';
import { cipherKey } from './cipher-key.ts';
import { plainBytes } from './plain-bytes.ts';

const TAG = { authTagLength: 16 };

export const aesGcm: AuthenticatedCipher = {
  seal(key, nonce, plaintext) {
    const cipher = createCipheriv(cipherName(key), cipherKey(key), nonce, TAG);
    const sealed = new Uint8Array(plaintext.length + TAG.authTagLength);
    // In this mode the first call gives everything.
    sealed.set(cipher.update(plaintext));
    cipher.final();
    sealed.set(cipher.getAuthTag(), plaintext.length);
    return sealed;
  },
  open(key, nonce, ciphertext) {
    const end = ciphertext.length - TAG.authTagLength;
    if (end < 0) return undefined;
    const decipher = createDecipheriv(cipherName(key), cipherKey(key), nonce, TAG);
    decipher.setAuthTag(ciphertext.subarray(end));
    const plaintext = decipher.update(ciphertext.subarray(0, end));
    try {
      decipher.final();
    } catch {
      return undefined;
    }
    return plainBytes(plaintext);
  },
};

function cipherName(key: Uint8Array): 'aes-128-gcm' | 'aes-192-gcm' | 'aes-256-gcm' {
  if (key.length === 16) return 'aes-128-gcm';
  return key.length === 24 ? 'aes-192-gcm' : 'aes-256-gcm';
}

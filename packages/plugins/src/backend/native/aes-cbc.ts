/** AES-CBC of node:crypto. */
import { createCipheriv, createDecipheriv, type Cipher, type Decipher } from 'node:crypto';
import type { AesCbcBackend } from '../backend.ts';
import { plainBytes } from './plain-bytes.ts';

export const aesCbc: AesCbcBackend = {
  encryptBlocks: (key, iv, blocks) => run(createCipheriv(cipherName(key), key, iv), blocks),
  decryptBlocks: (key, iv, blocks) => run(createDecipheriv(cipherName(key), key, iv), blocks),
};

function cipherName(key: Uint8Array): string {
  return `aes-${key.length * 8}-cbc`;
}

function run(cipher: Cipher | Decipher, blocks: Uint8Array): Uint8Array {
  // Without padding the first call gives everything, in memory of its own.
  cipher.setAutoPadding(false);
  const output = cipher.update(blocks);
  cipher.final();
  return plainBytes(output);
}

/** AES-CBC of node:crypto. */
import { createCipheriv, createDecipheriv, type Cipher, type Decipher } from 'node:crypto';
import type { AesCbcBackend } from '../backend.ts';
import { cipherKey } from './cipher-key.ts';
import { plainBytes } from './plain-bytes.ts';

export const aesCbc: AesCbcBackend = {
  key(bytes) {
    const cipher = `aes-${bytes.length * 8}-cbc`;
    const key = cipherKey(bytes);
    return {
      encryptBlocks: (iv, blocks) => run(createCipheriv(cipher, key, iv), blocks),
      decryptBlocks: (iv, blocks) => run(createDecipheriv(cipher, key, iv), blocks),
    };
  },
};

function run(cipher: Cipher | Decipher, blocks: Uint8Array): Uint8Array {
  // Without padding the first call gives everything, in memory of its own.
  cipher.setAutoPadding(false);
  const output = cipher.update(blocks);
  cipher.final();
  return plainBytes(output);
}

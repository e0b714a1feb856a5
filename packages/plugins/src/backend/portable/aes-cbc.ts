/** AES-CBC in JavaScript. */
import { cbc } from '@noble/ciphers/aes.js';
import type { AesCbcBackend } from '../backend.ts';

const WHOLE_BLOCKS = { disablePadding: true };

export const aesCbc: AesCbcBackend = {
  key: (bytes) => ({
    encryptBlocks: (iv, blocks) => cbc(bytes, iv, WHOLE_BLOCKS).encrypt(blocks),
    decryptBlocks: (iv, blocks) => cbc(bytes, iv, WHOLE_BLOCKS).decrypt(blocks),
  }),
};

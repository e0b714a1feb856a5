/** AES-CBC in JavaScript. */
import { cbc } from '@noble/ciphers/aes.js';
import type { AesCbcBackend } from '../backend.ts';

const WHOLE_BLOCKS = { disablePadding: true };

export const aesCbc: AesCbcBackend = {
  encryptBlocks: (key, iv, blocks) => cbc(key, iv, WHOLE_BLOCKS).encrypt(blocks),
  decryptBlocks: (key, iv, blocks) => cbc(key, iv, WHOLE_BLOCKS).decrypt(blocks),
};

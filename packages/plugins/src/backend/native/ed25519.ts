/** Ed25519 of node:crypto. */
import { sign, verify } from 'node:crypto';
import type { Ed25519Backend } from '../modern-backend.ts';
import { exportPublicKey, importPrivateKey, importPublicKey } from './okp-keys.ts';
import { plainBytes } from './plain-bytes.ts';

const CURVE = 'Ed25519';

export const ed25519: Ed25519Backend = {
  publicKey(bytes) {
    const key = importPublicKey(CURVE, bytes);
    return { verify: (message, signature) => verify(null, message, key, signature) };
  },
  privateKey(seed) {
    const key = importPrivateKey(CURVE, seed);
    // On this thread: signing takes less time than the way to another one and back.
    return { publicKey: exportPublicKey(key), sign: (message) => plainBytes(sign(null, message, key)) };
  },
};

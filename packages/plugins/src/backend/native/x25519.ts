/** X25519 of node:crypto. */
import { diffieHellman, generateKeyPairSync } from 'node:crypto';
import type { X25519Backend } from '../modern-backend.ts';
import { exportPublicKey, importPrivateKey, importPublicKey } from './okp-keys.ts';
import { plainBytes } from './plain-bytes.ts';

const CURVE = 'X25519';

export const x25519: X25519Backend = {
  publicKey(bytes) {
    const publicKey = importPublicKey(CURVE, bytes);
    return {
      agreeOnce() {
        const once = generateKeyPairSync('x25519');
        const secret = plainBytes(diffieHellman({ privateKey: once.privateKey, publicKey }));
        return { publicKey: exportPublicKey(once.publicKey), secret };
      },
    };
  },
  privateKey(scalar) {
    const privateKey = importPrivateKey(CURVE, scalar);
    return {
      publicKey: exportPublicKey(privateKey),
      agree: (other) => plainBytes(diffieHellman({ privateKey, publicKey: importPublicKey(CURVE, other) })),
    };
  },
};

/** X25519 in JavaScript, of tweetnacl: it agrees on secrets more than twice as fast as other libraries. */
import nacl from 'tweetnacl';
import type { X25519Backend } from '../modern-backend.ts';
import { randomBytes } from './random-bytes.ts';

const SCALAR_BYTES = 32;

export const x25519: X25519Backend = {
  publicKey: (publicKey) => ({
    agreeOnce() {
      const once = randomBytes(SCALAR_BYTES);
      return { publicKey: nacl.scalarMult.base(once), secret: nacl.scalarMult(once, publicKey) };
    },
  }),
  privateKey: (scalar) => ({
    publicKey: nacl.scalarMult.base(scalar),
    agree: (publicKey) => nacl.scalarMult(scalar, publicKey),
  }),
};

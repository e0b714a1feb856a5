/** secp256k1 in JavaScript. Hashing the message is noble's part, too. */
import { secp256k1 as curve } from '@noble/curves/secp256k1.js';
import type { Secp256k1Backend } from '../backend.ts';
import { randomBytes } from './random-bytes.ts';

/** 128 bits more than a scalar has: what is left of a division by the order is as good as evenly distributed. */
const SEED_BYTES = 48;

/** Of the two values of S that verify, both are accepted. */
const VERIFY = { lowS: false };

/** Random bytes that go into the nonce beside the message and the key: so one faulty signature of two shows nothing. */
const NONCE_BYTES = 32;

export const secp256k1: Secp256k1Backend = {
  publicKey: (point) => ({ verify: (message, signature) => curve.verify(signature, message, point, VERIFY) }),
  privateKey: (scalar) => ({
    sign: (message) => curve.sign(message, scalar, { extraEntropy: randomBytes(NONCE_BYTES) }),
  }),
  pointOf: (scalar) => curve.getPublicKey(scalar, false),
  generate: () => curve.utils.randomSecretKey(randomBytes(SEED_BYTES)),
};

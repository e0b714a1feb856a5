/**
 * secp256k1 in JavaScript: noble's small library for this one curve. The one for all curves verifies in two thirds of the
 * time and would be a third of what a page loads that reads identities.
 */
import { sha256 } from '@noble/hashes/sha2.js';
import { getPublicKey, hashes, sign, utils, verify } from '@noble/secp256k1';
import { hmacSha256 } from '../../digests/hmac-sha256.ts';
import type { Secp256k1Backend } from '../backend.ts';
import { randomBytes } from './random-bytes.ts';

/** 128 bits more than a scalar has: what is left of a division by the order is as good as evenly distributed. */
const SEED_BYTES = 48;

/** Of the two values of S that verify, both are accepted. */
const VERIFY = { lowS: false, prehash: false };

/** Random bytes that go into the nonce beside the message and the key: so one faulty signature of two shows nothing. */
const NONCE_BYTES = 32;

export const secp256k1: Secp256k1Backend = {
  publicKey: (point) => ({
    verify: (message, signature) => verify(signature, sha256(message), point, VERIFY),
  }),
  privateKey: (scalar) => ({
    sign(message) {
      const extraEntropy = randomBytes(NONCE_BYTES);
      return withHmac(() => sign(sha256(message), scalar, { prehash: false, extraEntropy }));
    },
  }),
  pointOf: (scalar) => getPublicKey(scalar, false),
  generate: () => utils.randomSecretKey(randomBytes(SEED_BYTES)),
};

/**
 * Lends the library the hash function that it does not have, for a call in which nobody else runs. What other code on the
 * page has set there is left as it was.
 */
function withHmac<T>(call: () => T): T {
  const before = hashes.hmacSha256;
  hashes.hmacSha256 = (key, text) => new Uint8Array(hmacSha256(sha256, key)(text));
  try {
    return call();
  } finally {
    hashes.hmacSha256 = before;
  }
}

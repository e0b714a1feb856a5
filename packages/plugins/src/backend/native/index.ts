/** The backend of Node: node:crypto, and what OpenSSL may be built without. */
import type { Backend } from '../backend.ts';
import { aesCbc } from './aes-cbc.ts';
import { ripemd160, sha256 } from './digests.ts';
import { keccak256 } from './keccak256.ts';
import { randomBytes, randomNonce } from './random-bytes.ts';
import { rsa } from './rsa.ts';
import { secp256k1 } from './secp256k1.ts';

// One by one too, for what needs a part and not the whole.
export { aesCbc, keccak256, randomBytes, randomNonce, ripemd160, rsa, secp256k1, sha256 };

/** The fastest cryptography on Node. */
export const backend: Backend = {
  name: 'native',
  sha256,
  ripemd160,
  keccak256,
  randomBytes,
  randomNonce,
  rsa,
  secp256k1,
  aesCbc,
};

/** The backend for browsers and everything else: JavaScript, and WebCrypto for RSA where that is faster. */
import type { Backend } from '../backend.ts';
import { aesCbc } from './aes-cbc.ts';
import { keccak256, ripemd160, sha256 } from './digests.ts';
import { randomBytes } from './random-bytes.ts';
import { rsa } from './rsa.ts';
import { secp256k1 } from './secp256k1.ts';
import { withWebCrypto } from './web-crypto-rsa.ts';

export { secp256k1 };

/** Cryptography wherever JavaScript runs. */
export const backend: Backend = {
  name: 'portable',
  sha256,
  ripemd160,
  keccak256,
  randomBytes,
  randomNonce: randomBytes,
  rsa: /* @__PURE__ */ withWebCrypto(rsa),
  secp256k1,
  aesCbc,
};

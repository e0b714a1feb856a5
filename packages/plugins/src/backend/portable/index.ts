/** The backend for browsers and everything else: JavaScript, and WebCrypto for RSA where that is faster. */
import type { Backend, RsaBackend } from '../backend.ts';
import { aesCbc } from './aes-cbc.ts';
import { keccak256, ripemd160, sha256 } from './digests.ts';
import { randomBytes } from './random-bytes.ts';
import { rsa as inJavaScript } from './rsa.ts';
import { secp256k1 } from './secp256k1.ts';
import { withWebCrypto } from './web-crypto-rsa.ts';

// One by one too, for what needs a part and not the whole.
export { aesCbc, keccak256, randomBytes, randomBytes as randomNonce, ripemd160, secp256k1, sha256 };

/** RSA, by WebCrypto where that is faster. */
export const rsa: RsaBackend = /* @__PURE__ */ withWebCrypto(inJavaScript);

/** Cryptography wherever JavaScript runs. */
export const backend: Backend = {
  name: 'portable',
  sha256,
  ripemd160,
  keccak256,
  randomBytes,
  randomNonce: randomBytes,
  rsa,
  secp256k1,
  aesCbc,
};

/** The backend for browsers and everything else: JavaScript, and WebCrypto for RSA where that is faster. */
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import type { Backend } from '../backend.ts';
import { aesCbc } from './aes-cbc.ts';
import { randomBytes } from './random-bytes.ts';
import { rsa } from './rsa.ts';
import { secp256k1 } from './secp256k1.ts';
import { withWebCrypto } from './web-crypto-rsa.ts';

/** Cryptography wherever JavaScript runs. */
export const backend: Backend = {
  name: 'portable',
  sha256: (data) => sha256(data),
  ripemd160: (data) => ripemd160(data),
  keccak256: (data) => keccak_256(data),
  randomBytes,
  rsa: /* @__PURE__ */ withWebCrypto(rsa),
  secp256k1,
  aesCbc,
};

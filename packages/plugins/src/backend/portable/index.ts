/** The backend for browsers and everything else: JavaScript only. */
import { ripemd160 } from '@noble/hashes/legacy.js';
import { sha256 } from '@noble/hashes/sha2.js';
import { keccak_256 } from '@noble/hashes/sha3.js';
import { randomBytes } from '@noble/hashes/utils.js';
import { DimError } from 'mkm';
import type { Backend } from '../backend.ts';

/** Cryptography wherever JavaScript runs. Key operations come later: today they are refused. */
export const backend: Backend = {
  name: 'portable',
  sha256: (data) => sha256(data),
  ripemd160: (data) => ripemd160(data),
  keccak256: (data) => keccak_256(data),
  randomBytes: (length) => randomBytes(length),
  rsa: { publicKey: refuse, privateKey: refuse, generate: refuse },
  secp256k1: { publicKey: refuse, privateKey: refuse, pointOf: refuse, generate: refuse },
  aesCbc: { encryptBlocks: refuse, decryptBlocks: refuse },
};

function refuse(): never {
  throw new DimError(
    'UNSUPPORTED_ALGORITHM',
    'the portable backend has no key operations yet; use the native one on Node',
  );
}

/** `dimplugins/coding`: the codings and digests that the algorithms are made of. The digests are those of the platform. */
export { decodeBase58, decodeBase58Check, encodeBase58, encodeBase58Check } from './coding/base58.ts';
export { decodeHex, encodeHex } from './coding/hex.ts';
export { keccak256 } from './digests/keccak256.ts';
export { ripemd160 } from './digests/ripemd160.ts';
export { sha256 } from './digests/sha256.ts';

/** `dimplugins/internal`: how keys are written, as the packages of this repository share it. It may change with any version. */
export { encodePem, looksLikePem, parsePem, type PemBlock } from './coding/pem.ts';
export { parseRsaPrivateKey } from './coding/rsa-components.ts';
export { EC_PUBLIC_KEY } from './coding/secp256k1-encoding.ts';
export { compressPoint } from './keys/secp256k1/secp256k1-curve.ts';
export { parseSecp256k1PrivateKey, type Secp256k1KeyPair } from './keys/secp256k1/secp256k1-key.ts';

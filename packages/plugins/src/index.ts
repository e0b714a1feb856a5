/** dimplugins: the algorithms of the protocol. Keys, addresses, metas, digests and coding. */
export { standardPlugin, type StandardPluginOptions } from './standard-plugin.ts';
export { backend as platformBackend, secp256k1 as platformSecp256k1 } from '#backend';
export type {
  AesCbcBackend,
  Backend,
  RsaBackend,
  RsaPrivateComponents,
  RsaPrivateOperations,
  RsaPublicComponents,
  RsaPublicOperations,
  Secp256k1Backend,
  Secp256k1PrivateOperations,
  Secp256k1PublicOperations,
} from './backend/backend.ts';

export { rsaAlgorithm } from './keys/rsa/rsa.ts';
export { eccAlgorithm } from './keys/secp256k1/ecc.ts';
export { aesAlgorithm } from './keys/ciphers/aes-cbc.ts';
export { plainAlgorithm } from './keys/ciphers/plain.ts';

export { bitcoinStyleAddress, bitcoinStyleDefinition } from './addresses/bitcoin-style.ts';
export { ethereumStyleAddress, ethereumStyleDefinition } from './addresses/ethereum-style.ts';
export { mkmMeta } from './metas/meta-mkm.ts';
export { btcMeta } from './metas/meta-btc.ts';
export { ethMeta } from './metas/meta-eth.ts';

export { decodeBase58, decodeBase58Check, encodeBase58, encodeBase58Check } from './coding/base58.ts';
export { decodeHex, encodeHex } from './coding/hex.ts';
export { sha256 } from './digests/sha256.ts';
export { keccak256 } from './digests/keccak256.ts';
export { ripemd160 } from './digests/ripemd160.ts';

/** dimplugins: the algorithms of the protocol. Keys, addresses, metas and digests. */
export { standardPlugin, type StandardPluginOptions } from './standard-plugin.ts';
export { backend as platformBackend } from '#backend';
export type { Backend } from './backend/backend.ts';

export { rsaAlgorithm } from './keys/rsa/rsa.ts';
export { eccAlgorithm } from './keys/secp256k1/ecc.ts';
export { aesAlgorithm } from './keys/ciphers/aes-cbc.ts';
export { plainAlgorithm } from './keys/ciphers/plain.ts';

export { bitcoinStyleAddress, bitcoinStyleDefinition } from './addresses/bitcoin-style.ts';
export { ethereumStyleAddress, ethereumStyleDefinition } from './addresses/ethereum-style.ts';
export { mkmMeta } from './metas/meta-mkm.ts';
export { btcMeta } from './metas/meta-btc.ts';
export { ethMeta } from './metas/meta-eth.ts';

/** mkm, Ming Ke Ming: who someone is. IDs, addresses, metas, documents and keys; the algorithms are plugins. */
export { DimError, isDimError, type DimErrorOptions } from './errors/dim-error.ts';
export type { ErrorCode } from './errors/error-codes.ts';
export type { Missing } from './errors/missing.ts';
export type { Codec, Result } from './errors/result.ts';

export type { JsonMap, JsonValue } from './wire/json-map.ts';
export { parseJson, stringifyJson } from './wire/json-text.ts';
export { TransportableData } from './wire/transportable-data.ts';
export { NetworkFile, type NetworkFileParts } from './wire/network-file.ts';
export { DEFAULT_LIMITS, type Limits } from './wire/limits.ts';

export { definePlugin, type Plugin } from './extension/plugin.ts';

export { defineAddress, type AddressDefinition } from './identity/address-definition.ts';
export { Address } from './identity/address.ts';
export { ID, type IdParts } from './identity/identifier.ts';
export { EntityType, isBroadcastType, isGroupType } from './identity/entity-type.ts';
export { ANYONE, ANYWHERE, EVERYONE, EVERYWHERE, FOUNDER } from './identity/broadcast-identifiers.ts';

export {
  defineKeyAlgorithm,
  type KeyAlgorithmParts,
  type GenerateKeyOptions,
  type KeyAlgorithmDefinition,
} from './keys/key-algorithm-definition.ts';
export type { Awaitable } from './errors/awaitable.ts';
export {
  canDecrypt,
  canEncrypt,
  canSign,
  canStream,
  canVerify,
  type DecryptKey,
  type EncryptKey,
  type Key,
  type PrivateKey,
  type PublicKey,
  type SignKey,
  type StreamCipher,
  type StreamEncryption,
  type StreamKey,
  type SymmetricCiphertext,
  type SymmetricKey,
  type UncheckedPlaintext,
  type VerifyKey,
} from './keys/key.ts';

export { defineDigest, type DigestDefinition } from './digests/digest-definition.ts';

export { defineMeta, type MetaDefinition, type MetaSource } from './meta/meta-definition.ts';
export { Meta, type GenerateMetaOptions } from './meta/meta.ts';
export { hasSameKey, isFounder, VerifiedMeta, verifyMeta } from './meta/verified-meta.ts';
export { MetaType } from './meta/meta-type.ts';

export { defineDocument, type DocumentDefinition } from './documents/document-definition.ts';
export { Document, type DocumentInit } from './documents/document.ts';
export { VerifiedDocument, verifyDocument } from './documents/verified-document.ts';
export { DocumentDraft, type PropertyChanges } from './documents/document-draft.ts';
export { Visa } from './documents/visa.ts';
export { Bulletin } from './documents/bulletin.ts';

export type { KeyCodec, KeyCodecs } from './context/key-codecs.ts';
export type { DocumentCodec } from './context/document-codec.ts';
export type { IdCodec } from './context/id-codec.ts';
export type { MetaCodec } from './context/meta-codec.ts';
export { createMetaContext, type IdentityContextOptions, type MetaContext } from './context/meta-context.ts';
export { createIdentityContext, type IdentityContext } from './context/identity-context.ts';

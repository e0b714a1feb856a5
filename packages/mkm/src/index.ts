/** mkm, Ming Ke Ming: who someone is. IDs, addresses, metas, documents and keys; the algorithms are plugins. */
export { DimError, asDimError, isDimError, within, type DimErrorOptions } from './errors/dim-error.ts';
export type { ErrorCode } from './errors/error-codes.ts';
export type { Missing } from './errors/missing.ts';
export { checkArguments, requireArgument } from './errors/check-arguments.ts';
export { createCodec, type Codec, type Result } from './errors/result.ts';

export { copyJson, copyJsonMap, typeName, isJsonMap, isWellFormed } from './wire/json-map.ts';
export type { JsonMap, JsonValue, MutableJsonMap } from './wire/json-map.ts';
export { parseJson, parseJsonMap, stringifyJson } from './wire/json-text.ts';
export { changeFields, WireObject } from './wire/wire-object.ts';
export { WrittenFields, type NewFields, type NewValue } from './writing/new-fields.ts';
export * from './wire/field-readers.ts';
export { decodeBase64, encodeBase64, isBase64 } from './wire/base64.ts';
export { decodeBinary, toBase64 } from './wire/binary-text.ts';
export { bytesArgument } from './wire/bytes-argument.ts';
export { decodeUtf8, encodeUtf8 } from './wire/utf8.ts';
export { equalBytes } from './wire/equal-bytes.ts';
export { readBoolean } from './wire/wire-boolean.ts';
export { currentTime, readTime, timeBy } from './wire/wire-time.ts';
export { readTypeCode } from './wire/type-code.ts';
export { TransportableData } from './wire/transportable-data.ts';
export { requireFilename } from './wire/filename.ts';
export { isHttpUrl, NetworkFile, type NetworkFileParts } from './wire/network-file.ts';

export { BoundedCache, type CacheWeight } from './wire/bounded-cache.ts';
export { DEFAULT_LIMITS, type Limits } from './wire/limits.ts';
export { callPlugin, callPluginAsync, callReader } from './errors/call-plugin.ts';
export { collectDefinitions } from './extension/definition-table.ts';
export { checkPlugins, definePlugin } from './extension/plugin.ts';
export { defineAddress } from './identity/address-definition.ts';
export { defineDocument } from './documents/document-definition.ts';
export { defineKeyAlgorithm } from './keys/key-algorithm-definition.ts';
export { defineMeta } from './meta/meta-definition.ts';
export type { AnyDefinition, Plugin } from './extension/plugin.ts';
export type { KeyAlgorithmParts } from './keys/key-algorithm-definition.ts';
export { toReader, type ClassOrReader } from './extension/class-or-reader.ts';
export type { AddressDefinition } from './identity/address-definition.ts';
export type { DocumentDefinition } from './documents/document-definition.ts';
export type { GenerateKeyOptions, KeyAlgorithmDefinition } from './keys/key-algorithm-definition.ts';
export type { IdentityDefinition } from './context/identity-definition.ts';
export type { MetaDefinition, MetaSource } from './meta/meta-definition.ts';

export { Address } from './identity/address.ts';
export { ID, type IdParts } from './identity/identifier.ts';
export { EntityType, fromLegacyNetwork, isBroadcastType, isGroupType, isUserType } from './identity/entity-type.ts';
export { ANYONE, ANYWHERE, EVERYONE, EVERYWHERE, FOUNDER } from './identity/broadcast-identifiers.ts';

export { Meta, type GenerateMetaOptions } from './meta/meta.ts';
export { hasSameKey, isFounder, VerifiedMeta, verifyMeta } from './meta/verified-meta.ts';
export { MetaType } from './meta/meta-type.ts';
export { Document, type DocumentInit, type DocumentReaders } from './documents/document.ts';
export { VerifiedDocument, verifyDocument } from './documents/verified-document.ts';
export { DocumentDraft, type PropertyChanges } from './documents/document-draft.ts';
export { Visa } from './documents/visa.ts';
export { Bulletin } from './documents/bulletin.ts';

export { canDecrypt, canEncrypt, canSign, canStream, canVerify } from './keys/key.ts';
export { verifySignature } from './keys/verify-signature.ts';
export type {
  Awaitable,
  DecryptKey,
  EncryptKey,
  Key,
  PrivateKey,
  PublicKey,
  SignKey,
  StreamCipher,
  StreamEncryption,
  StreamKey,
  SymmetricCiphertext,
  SymmetricKey,
  UncheckedPlaintext,
  VerifyKey,
} from './keys/key.ts';

export type { KeyCodec, KeyCodecs } from './context/key-codecs.ts';
export { createIdentityContext } from './context/identity-context.ts';
export type {
  DocumentCodec,
  IdCodec,
  IdentityContext,
  IdentityContextOptions,
  MetaCodec,
} from './context/identity-context.ts';

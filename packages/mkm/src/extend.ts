/** `mkm/extend`: what authors of addresses, metas, documents and key algorithms use beside the definitions. */
export { within } from './errors/dim-error.ts';
export { checkArguments, requireArgument } from './errors/check-arguments.ts';
export { createCodec } from './errors/result.ts';
export { copyJson, copyJsonMap, typeName, isJsonMap, type MutableJsonMap } from './wire/json-map.ts';
export { parseJsonMap } from './wire/json-text.ts';
export { changeFields, WireObject } from './wire/wire-object.ts';
export * from './wire/field-readers.ts';
export { decodeBase64, encodeBase64, isBase64 } from './wire/base64.ts';
export { decodeUtf8, encodeUtf8 } from './wire/utf8.ts';
export { readBoolean } from './wire/wire-boolean.ts';
export { currentTime, readTime } from './wire/wire-time.ts';
export { readTypeCode } from './wire/type-code.ts';
export type { AnyDefinition } from './extension/plugin.ts';
export { toReader, type ClassOrReader } from './extension/class-or-reader.ts';
export { verifySignature } from './keys/verify-signature.ts';
export type { DocumentReaders } from './documents/document.ts';
export type { IdentityDefinition } from './context/identity-definition.ts';
export type { NewFields, NewValue } from './writing/new-fields.ts';

/** `mkm/internal`: what the packages of this repository share. It may change with any version. */
export { asDimError } from './errors/dim-error.ts';
export { hasBrand, notOfThisCopy } from './wire/other-copies.ts';
export { callPlugin, callPluginAsync, callReader } from './errors/call-plugin.ts';
export { ifReadable } from './errors/if-readable.ts';
export { checkId, isId } from './identity/check-id.ts';
export { decodeBinary, toBase64 } from './wire/binary-text.ts';
export { bytesArgument } from './wire/bytes-argument.ts';
export { createMapCodec, parseCopied } from './wire/map-codec.ts';
export { equalBytes } from './wire/equal-bytes.ts';
export { timeBy } from './wire/wire-time.ts';
export { requireFilename } from './wire/filename.ts';
export { writeJson } from './wire/json-text.ts';
export { isHttpUrl, readNetworkFile } from './wire/network-file.ts';
export { BoundedCache } from './wire/bounded-cache.ts';
export { collectDefinitions } from './extension/definition-table.ts';
export { checkPlugins, describeOwner } from './extension/plugin.ts';
export { notAnId, ownId } from './identity/identifier.ts';
export { WrittenFields } from './writing/new-fields.ts';

/** Packages: a message as bytes on the network, JSON in UTF-8. */
import { DimError, stringifyJson, type JsonMap, type Limits } from 'mkm';
import { encodeUtf8 } from 'mkm/extend';
import { bytesArgument, parseJsonBytes } from 'mkm/internal';
import { expandMessageNames, shortenMessageNames } from './short-names.ts';

/** How to write a package. */
export interface PackageOptions {
  /** Whether to write short names (`F` for `sender`, …). Deployed clients of 2025 and later read them. */
  readonly shortNames?: boolean;
}

/** Writes a message map as a package. */
export function encodePackage(fields: JsonMap, options: PackageOptions = {}): Uint8Array {
  return encodeUtf8(stringifyJson(options.shortNames === true ? shortenMessageNames(fields) : fields));
}

/**
 * Reads a package as a message map with long names.
 * @throws DimError `INPUT_LIMIT`, `INPUT_FORMAT`, `INPUT_CONFLICT`; `USAGE_ARGUMENT` when it is not bytes
 */
export function decodePackage(bytes: Uint8Array, limits: Limits): JsonMap {
  return expandMessageNames(readPackage(packageArgument(bytes, limits), limits));
}

/**
 * The argument as bytes that are no more than a package may have.
 * @throws DimError `INPUT_LIMIT`; `USAGE_ARGUMENT` when it is not bytes
 */
export function packageArgument(bytes: Uint8Array, limits: Limits): Uint8Array {
  const given = bytesArgument(bytes);
  if (given.length > limits.messageBytes)
    throw new DimError('INPUT_LIMIT', `has more than ${limits.messageBytes} bytes (limits.messageBytes)`);
  return given;
}

/** The map in a {@link packageArgument}, with the names that it has there. */
export function readPackage(bytes: Uint8Array, limits: Limits): JsonMap {
  return parseJsonBytes(bytes, limits);
}

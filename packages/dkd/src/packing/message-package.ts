/** Packages: a message as bytes on the network, JSON in UTF-8. */
import { DimError, stringifyJson, type JsonMap, type Limits } from 'mkm';
import { decodeUtf8, encodeUtf8, parseJsonMap } from 'mkm/extend';
import { bytesArgument } from 'mkm/internal';
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
  const given = bytesArgument(bytes);
  if (given.length > limits.messageBytes)
    throw new DimError('INPUT_LIMIT', `has more than ${limits.messageBytes} bytes (limits.messageBytes)`);
  return expandMessageNames(parseJsonMap(decodeUtf8(given), limits));
}

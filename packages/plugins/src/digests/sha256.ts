/** SHA-256. */
import { sha256 as digest } from '#backend';
import { requireBytes } from '../coding/byte-argument.ts';

/**
 * The SHA-256 digest of data: 32 bytes.
 *
 * @example
 * ```ts
 * import { encodeHex, sha256 } from 'dimplugins/coding';
 *
 * encodeHex(sha256(new Uint8Array()));
 * ```
 * @throws DimError `USAGE_ARGUMENT` when it is not bytes
 */
export function sha256(data: Uint8Array): Uint8Array {
  return digest(requireBytes(data, 'data'));
}

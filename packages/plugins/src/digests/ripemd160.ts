/** RIPEMD-160. */
import * as platform from '#digests';
import { requireBytes } from '../coding/byte-argument.ts';

/**
 * The RIPEMD-160 digest of data: 20 bytes.
 *
 * @example
 * ```ts
 * import { encodeHex, ripemd160 } from 'dimplugins';
 *
 * encodeHex(ripemd160(new Uint8Array()));
 * ```
 * @throws DimError `USAGE_ARGUMENT` when it is not bytes
 */
export function ripemd160(data: Uint8Array): Uint8Array {
  return platform.ripemd160(requireBytes(data, 'data'));
}

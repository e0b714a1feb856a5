/** RIPEMD-160. */
import { ripemd160 as digest } from '#backend';
import { requireBytes } from '../coding/byte-argument.ts';

/**
 * The RIPEMD-160 digest of data: 20 bytes.
 *
 * @example
 * ```ts
 * import { encodeHex, ripemd160 } from 'dimplugins/coding';
 *
 * encodeHex(ripemd160(new Uint8Array()));
 * ```
 * @throws DimError `USAGE_ARGUMENT` when it is not bytes
 */
export function ripemd160(data: Uint8Array): Uint8Array {
  return digest(requireBytes(data, 'data'));
}

/** Keccak-256, as Ethereum uses it: the padding is that of before SHA-3 was standardized. */
import { keccak256 as digest } from '#backend';
import { requireBytes } from '../coding/byte-argument.ts';

/**
 * The Keccak-256 digest of data: 32 bytes.
 *
 * @example
 * ```ts
 * import { encodeHex, keccak256 } from 'dimplugins/coding';
 *
 * encodeHex(keccak256(new Uint8Array()));
 * ```
 * @throws DimError `USAGE_ARGUMENT` when it is not bytes
 */
export function keccak256(data: Uint8Array): Uint8Array {
  return digest(requireBytes(data, 'data'));
}

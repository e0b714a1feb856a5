/** Big-endian bytes as bigint and back. */
import { decodeHex, encodeHex } from './hex.ts';

/** A big-endian number. */
export function bigIntOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${encodeHex(bytes)}`);
}

/** A number as big-endian bytes of a fixed length, which must suffice. */
export function bytesOfBigInt(number: bigint, length: number): Uint8Array {
  // A one before the first digit keeps the zeros, so that secret numbers of one length all take the same way.
  return decodeHex((number + (1n << BigInt(length * 8))).toString(16).slice(1));
}

/** Big-endian bytes as bigint and back. */
import { decodeHex, encodeHex } from '../coding/hex.ts';

/** A big-endian number. */
export function bigIntOf(bytes: Uint8Array): bigint {
  return bytes.length === 0 ? 0n : BigInt(`0x${encodeHex(bytes)}`);
}

/** A number as big-endian bytes of a fixed length, which must suffice. */
export function bytesOfBigInt(number: bigint, length: number): Uint8Array {
  return decodeHex(number.toString(16).padStart(length * 2, '0'));
}

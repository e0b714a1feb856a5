/** PKCS#7 padding of 16-byte blocks: 1 to 16 bytes, each saying how many there are. */
import { isLess, isZero, select } from './constant-time.ts';

/** Bytes of an AES block. */
export const BLOCK_BYTES = 16;

/** A copy of the bytes, padded to whole blocks. */
export function padPkcs7(bytes: Uint8Array): Uint8Array {
  const count = BLOCK_BYTES - (bytes.length % BLOCK_BYTES);
  const padded = new Uint8Array(bytes.length + count);
  padded.set(bytes);
  padded.fill(count, bytes.length);
  return padded;
}

/** The bytes without their padding, a view; undefined when any byte of it is wrong. All of the last block is looked at. */
export function unpadPkcs7(blocks: Uint8Array): Uint8Array | undefined {
  const last = blocks.subarray(-BLOCK_BYTES);
  const count = last[BLOCK_BYTES - 1] ?? 0;
  let wrong = isZero(count) | isLess(BLOCK_BYTES, count);
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const isPadding = isLess(BLOCK_BYTES - 1 - index, count);
    wrong |= select(isPadding, (last[index] ?? 0) ^ count, 0);
  }
  return wrong === 0 ? blocks.subarray(0, blocks.length - count) : undefined;
}

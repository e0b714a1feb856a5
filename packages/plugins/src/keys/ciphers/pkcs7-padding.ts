/** PKCS#7 padding of 16-byte blocks: 1 to 16 bytes, each saying how many there are. */
import type { UncheckedPlaintext } from 'mkm';
import { isLess, isZero, select } from '../constant-time.ts';

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

/**
 * The bytes without their padding, a view, and whether all of it was right. Of a wrong padding nothing is removed. All
 * of the last block is looked at, and both answers are made in the same way.
 */
export function unpadPkcs7(blocks: Uint8Array): UncheckedPlaintext {
  const last = blocks.subarray(-BLOCK_BYTES);
  const count = last[BLOCK_BYTES - 1] ?? 0;
  let wrong = isZero(count) | isLess(BLOCK_BYTES, count);
  for (let index = 0; index < BLOCK_BYTES; index++) {
    const isPadding = isLess(BLOCK_BYTES - 1 - index, count);
    wrong |= select(isPadding, (last[index] ?? 0) ^ count, 0);
  }
  const good = isZero(wrong & 0xff);
  return { bytes: blocks.subarray(0, blocks.length - select(good, count, 0)), isSound: good !== 0 };
}

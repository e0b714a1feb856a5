/** Random bytes of node:crypto, drawn in advance: a few bytes cost as much there as a thousand. */
import { randomFillSync } from 'node:crypto';

const POOL_BYTES = 1024;
/** Keys and IVs; whoever wants more draws for itself. */
const MAX_POOLED_BYTES = 64;

const pool = new Uint8Array(POOL_BYTES);
let used = POOL_BYTES;

/** Bytes in memory of their own, each of them given out once. */
export function randomBytes(length: number): Uint8Array {
  const bytes = new Uint8Array(length);
  if (length > MAX_POOLED_BYTES) return randomFillSync(bytes);
  if (used + length > POOL_BYTES) {
    randomFillSync(pool);
    used = 0;
  }
  const given = pool.subarray(used, used + length);
  bytes.set(given);
  // No key stays behind.
  given.fill(0);
  used += length;
  return bytes;
}

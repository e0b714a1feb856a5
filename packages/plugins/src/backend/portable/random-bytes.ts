/** Random bytes of the platform's secure generator, which gives 64 KiB at most in one call. */
import { randomBytes as ofPlatform } from '@noble/hashes/utils.js';
import { DimError } from 'mkm';

const MAX_PIECE = 65_536;

/**
 * Random bytes, as many as are asked for.
 * @throws DimError `INTERNAL_PLATFORM` where there is no generator
 */
export function randomBytes(length: number): Uint8Array {
  if (length <= MAX_PIECE) return randomPiece(length);
  const bytes = new Uint8Array(length);
  for (let start = 0; start < length; start += MAX_PIECE) {
    bytes.set(randomPiece(Math.min(MAX_PIECE, length - start)), start);
  }
  return bytes;
}

function randomPiece(length: number): Uint8Array {
  try {
    return ofPlatform(length);
  } catch (cause) {
    throw new DimError('INTERNAL_PLATFORM', 'needs crypto.getRandomValues, which this platform lacks', { cause });
  }
}

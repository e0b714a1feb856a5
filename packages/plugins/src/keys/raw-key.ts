/** Keys that are nothing but bytes: `data` is the base64 of one of a few lengths. */
import { DimError, type JsonMap } from 'mkm';
import { decodeBase64 } from 'mkm/extend';
import { readData } from './key-fields.ts';

/** The bytes of a key of Curve25519, and of the ciphers that came with it. */
export const RAW_KEY_BYTES = 32;

/**
 * Reads the `data` of a key map.
 * @throws DimError `INPUT_MISSING`, `INPUT_TYPE`, `INPUT_FORMAT`, `INPUT_KEY` for another length
 */
export function readRawKey(fields: JsonMap, lengths: readonly number[] = [RAW_KEY_BYTES]): Uint8Array {
  return readData(fields, (text) => {
    const bytes = decode(text, lengths);
    if (lengths.includes(bytes.length)) return bytes;
    throw new DimError('INPUT_KEY', `must have ${lengths.join(' or ')} bytes`);
  });
}

function decode(text: string, lengths: readonly number[]): Uint8Array {
  try {
    return decodeBase64(text.replaceAll(/[\r\n]/g, ''));
  } catch {
    // PEM, hex and the base64 of URLs occur.
    throw new DimError('INPUT_FORMAT', `must be base64 of ${lengths.join(' or ')} bytes, with padding`);
  }
}

/**
 * Refuses a size that new keys of an algorithm cannot have.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function checkBits(bits: number | undefined, lengths: readonly number[] = [RAW_KEY_BYTES]): void {
  if (bits === undefined || lengths.includes(bits / 8)) return;
  throw new DimError('USAGE_ARGUMENT', `must be ${lengths.map((length) => length * 8).join(' or ')}`, { path: 'bits' });
}

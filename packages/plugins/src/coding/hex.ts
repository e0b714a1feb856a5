/** Hexadecimal text: an even number of digits, in any letter case, and nothing else. */
import { bytesToHex } from '@noble/hashes/utils.js';
import { DimError } from 'mkm';
import { typeName } from 'mkm/extend';
import { digitValues, NO_DIGIT } from 'mkm/internal';
import { requireBytes } from './byte-argument.ts';

const DIGITS = '0123456789abcdef';

/** A table takes half the time of noble's comparisons. */
const VALUES = /* @__PURE__ */ digitValues(DIGITS, DIGITS.toUpperCase());

/**
 * Bytes as lower-case hex digits.
 *
 * @example
 * ```ts
 * import { encodeHex } from 'dimplugins/coding';
 *
 * encodeHex(new Uint8Array([0, 255])); // '00ff'
 * ```
 */
export function encodeHex(bytes: Uint8Array): string {
  return bytesToHex(requireBytes(bytes, 'bytes'));
}

/**
 * Hex digits as bytes. No `0x`, no blanks: whoever allows a prefix strips it.
 *
 * @example
 * ```ts
 * import { decodeHex } from 'dimplugins/coding';
 *
 * decodeHex('00fF'); // Uint8Array [0, 255]
 * ```
 * @throws DimError `INPUT_TYPE` when it is not text, `INPUT_FORMAT` when it is not hex
 */
export function decodeHex(text: string): Uint8Array {
  if (typeof text !== 'string') throw new DimError('INPUT_TYPE', `must be text, not ${typeName(text)}`);
  if (text.length % 2 !== 0) throw new DimError('INPUT_FORMAT', 'hex must have an even number of digits');
  const bytes = new Uint8Array(text.length / 2);
  for (let index = 0; index < bytes.length; index++) {
    const high = digitValue(text.charCodeAt(index * 2));
    const low = digitValue(text.charCodeAt(index * 2 + 1));
    if ((high | low) > 15) throw new DimError('INPUT_FORMAT', 'must be hex digits');
    bytes[index] = high * 16 + low;
  }
  return bytes;
}

/** The value of a character as a hex digit, by its code; {@link NO_DIGIT} where it is none. */
export function digitValue(code: number): number {
  return VALUES[code] ?? NO_DIGIT;
}

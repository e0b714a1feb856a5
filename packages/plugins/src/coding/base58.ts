/** Base58 in the Bitcoin alphabet, and base58check: data followed by the start of its double SHA-256. */
import { sha256 } from '#backend';
import { DimError } from 'mkm';
import { typeName } from 'mkm/extend';
import { digitValues, NO_DIGIT } from 'mkm/internal';
import type { Backend } from '../backend/backend.ts';
import { askPlatform } from '../backend/ask-platform.ts';
import { changeBase } from './change-base.ts';
import { equalBytes, requireBytes } from './byte-argument.ts';

const ALPHABET = '123456789ABCDEFGHJKLMNPQRSTUVWXYZabcdefghijkmnopqrstuvwxyz';
const VALUES = /* @__PURE__ */ digitValues(ALPHABET);

/** Work grows with the square of the length, so the length is checked first. Addresses have 35 characters at most. */
const MAX_LENGTH = 1400;

/** No more bytes than this have a text of {@link MAX_LENGTH} characters for sure. */
const MAX_BYTES = 1024;

const DIGITS = { base: 58, atOnce: 4 };
const BYTES = { base: 256, atOnce: 3 };

const CHECKSUM_BYTES = 4;

/** What a checksum needs of a backend. */
type ChecksumBackend = Pick<Backend, 'sha256'>;
const PLATFORM: ChecksumBackend = { sha256 };

/**
 * Bytes as base58.
 *
 * @example
 * ```ts
 * import { encodeBase58 } from 'dimplugins/coding';
 *
 * encodeBase58(new Uint8Array([0x63])); // '2i'
 * ```
 * @throws DimError `USAGE_ARGUMENT` for more than 1024 bytes
 */
export function encodeBase58(bytes: Uint8Array): string {
  requireBytes(bytes, 'bytes');
  if (bytes.length > MAX_BYTES) throw new DimError('USAGE_ARGUMENT', `base58 is for at most ${MAX_BYTES} bytes`);
  let text = '';
  for (const digit of changeBase(bytes, BYTES, DIGITS)) text += ALPHABET.charAt(digit);
  return text;
}

/**
 * Base58 as bytes.
 *
 * @example
 * ```ts
 * import { decodeBase58 } from 'dimplugins/coding';
 *
 * decodeBase58('2i'); // Uint8Array [0x63]
 * ```
 * @throws DimError `INPUT_TYPE`, `INPUT_LIMIT` for more than 1400 characters, `INPUT_FORMAT`
 */
export function decodeBase58(text: string): Uint8Array {
  if (typeof text !== 'string') throw new DimError('INPUT_TYPE', `must be text, not ${typeName(text)}`);
  if (text.length > MAX_LENGTH) throw new DimError('INPUT_LIMIT', `is longer than ${MAX_LENGTH} characters`);
  const digits = new Uint8Array(text.length);
  for (let index = 0; index < text.length; index++) {
    const digit = VALUES[text.charCodeAt(index)] ?? NO_DIGIT;
    if (digit === NO_DIGIT) throw new DimError('INPUT_FORMAT', 'must be base58');
    digits[index] = digit;
  }
  return changeBase(digits, DIGITS, BYTES);
}

/**
 * Bytes and their checksum as base58.
 * @param backend whose SHA-256 to take; the platform's, if not given
 *
 * @example
 * ```ts
 * import { encodeBase58Check } from 'dimplugins/coding';
 *
 * encodeBase58Check(new Uint8Array(21)); // '1111111111111111111114oLvT2'
 * ```
 * @throws DimError `USAGE_ARGUMENT` for more than 1020 bytes
 */
export function encodeBase58Check(payload: Uint8Array, backend: ChecksumBackend = PLATFORM): string {
  requireBytes(payload, 'payload');
  const bytes = new Uint8Array(payload.length + CHECKSUM_BYTES);
  bytes.set(payload);
  bytes.set(checksum(payload, backend), payload.length);
  return encodeBase58(bytes);
}

/**
 * Base58check as bytes, without the checksum.
 * @param backend whose SHA-256 to take; the platform's, if not given
 *
 * @example
 * ```ts
 * import { decodeBase58Check } from 'dimplugins/coding';
 *
 * decodeBase58Check('1111111111111111111114oLvT2'); // 21 zeros
 * ```
 * @throws DimError as {@link decodeBase58}, and `INPUT_FORMAT` when the checksum is wrong
 */
export function decodeBase58Check(text: string, backend: ChecksumBackend = PLATFORM): Uint8Array {
  const bytes = decodeBase58(text);
  if (bytes.length < CHECKSUM_BYTES) throw new DimError('INPUT_FORMAT', 'is too short for a checksum');
  const payload = bytes.subarray(0, -CHECKSUM_BYTES);
  const found = bytes.subarray(-CHECKSUM_BYTES);
  if (!equalBytes(checksum(payload, backend), found)) {
    throw new DimError('INPUT_FORMAT', 'has a wrong checksum');
  }
  return payload;
}

function checksum(payload: Uint8Array, backend: ChecksumBackend): Uint8Array {
  return askPlatform(() => backend.sha256(backend.sha256(payload))).subarray(0, CHECKSUM_BYTES);
}

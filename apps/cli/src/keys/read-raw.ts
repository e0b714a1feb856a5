/** Keys that are nothing but digits or bytes. */
import { DimError } from 'dimp';
import { decodeBase64 } from 'dimp/extend';
import { wrong } from '../command/wrong.ts';
import { isPair, keyOfMap } from './known-key.ts';
import { readDerKey } from './read-der.ts';
import type { CheckedHints, ReadKey } from './key-source.ts';

/** Digits of a scalar of secp256k1, and of a point in its short form. */
const SCALAR_DIGITS = 64;
const SHORT_POINT_DIGITS = 66;

/** The first byte of all DER of keys. */
const SEQUENCE = 0x30;

/** Bytes of the longest key that has no form around it: seed and public key of ED25519. */
const MAX_RAW_BYTES = 64;

/** Hex digits: a key of secp256k1, unless a hint says otherwise. @throws DimError `INPUT_…` */
export function readDigits(digits: string, hints: CheckedHints): ReadKey {
  const { algorithm = 'ECC' } = hints;
  if (algorithm !== 'ECC') return readBytes(Buffer.from(digits, 'hex'), hints);
  const isPrivate = digits.length === SCALAR_DIGITS;
  const known = keyOfMap({ algorithm, data: digits }, isPrivate ? 'private' : 'public');
  return { known, form: digits.length === SHORT_POINT_DIGITS ? 'hex-compressed' : 'hex' };
}

/** Base64: DER, or the bytes of a key whose algorithm somebody has to say. @throws DimError `INPUT_…`, `USAGE_ARGUMENT` */
export function readRaw(text: string, hints: CheckedHints): ReadKey {
  const bytes = decode(text);
  const isDer = bytes[0] === SEQUENCE && bytes.length > MAX_RAW_BYTES;
  if (hints.algorithm === undefined && !isDer && bytes[0] === SEQUENCE) {
    try {
      return readDerKey(bytes);
    } catch {
      // Bytes of a key may begin as DER does.
    }
  }
  return isDer ? readDerKey(bytes) : readBytes(bytes, hints);
}

function readBytes(bytes: Uint8Array, { algorithm, part }: CheckedHints): ReadKey {
  if (algorithm === undefined)
    throw wrong(
      `a key of ${bytes.length} bytes says nothing of itself: say --algorithm (AES, AES-GCM, XSALSA20-POLY1305, ED25519 or X25519)`,
    );
  if (algorithm === 'RSA' || algorithm === 'ECC')
    throw new DimError('INPUT_FORMAT', `is no key of ${algorithm}: those are PEM, DER, JSON or hex digits`);
  if (isPair(algorithm) && part === undefined)
    throw wrong(`both halves of ${algorithm} look the same: say --part private or --part public`);
  const data = Buffer.from(bytes).toString('base64');
  return { known: keyOfMap({ algorithm, data }, part ?? 'private'), form: 'base64' };
}

function decode(text: string): Uint8Array {
  try {
    return decodeBase64(text.replaceAll(/[\r\n]/g, ''));
  } catch (error) {
    throw new DimError('INPUT_FORMAT', 'is no key: neither JSON, PEM, DER, hex digits nor base64', { cause: error });
  }
}

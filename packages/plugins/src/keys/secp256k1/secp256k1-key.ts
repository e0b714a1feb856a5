/** Reading secp256k1 keys in all the forms that implementations write: PEM (SPKI, PKCS#8, SEC1) and hex. */
import { DimError } from 'mkm';
import { decodeHex } from '../../coding/hex.ts';
import { equalBytes } from '../../coding/byte-argument.ts';
import { DerTag, readDer, type DerReader } from '../../coding/der.ts';
import { readPemPrivateKey, readPemPublicKey, type PemPublicKeyFormat } from '../pem-keys.ts';
import { looksLikePem } from '../../coding/pem.ts';
import { checkScalar, FIELD_BYTES, readPoint } from './secp256k1-curve.ts';
import { EC_PUBLIC_KEY, SECP256K1 } from '../../coding/secp256k1-encoding.ts';

const FORMAT: PemPublicKeyFormat<Uint8Array> = {
  // The second is an old name of some writers for the same.
  publicLabels: ['PUBLIC KEY', 'EC PUBLIC KEY'],
  privateLabels: ['PRIVATE KEY', 'EC PRIVATE KEY'],
  ignoredLabels: ['EC PARAMETERS'],
  readPublic: parseSpki,
  isSame: equalBytes,
};

/** A private scalar of 32 bytes and its point of 65. */
export interface Secp256k1KeyPair {
  readonly scalar: Uint8Array;
  readonly point: Uint8Array;
}

/** Computes the point of a scalar. */
export type PointOf = (scalar: Uint8Array) => Uint8Array;

/**
 * Reads a public key: PEM SPKI, or the hex digits of 33, 64 or 65 bytes.
 * @throws DimError `INPUT_FORMAT`, `INPUT_KEY`, `UNSUPPORTED_ALGORITHM` for another curve
 */
export function parseSecp256k1PublicKey(text: string): Uint8Array {
  if (looksLikePem(text)) return readPemPublicKey(text, FORMAT).key;
  if (!isHex(text)) throw new DimError('INPUT_FORMAT', 'must be PEM, or 66, 128 or 130 hex digits without 0x');
  const bytes = decodeHex(text);
  return readPoint(bytes.length === 2 * FIELD_BYTES ? Uint8Array.of(4, ...bytes) : bytes);
}

/**
 * Reads a private key: PEM PKCS#8 or SEC1, or 64 hex digits.
 * @throws DimError `INPUT_FORMAT`, `INPUT_KEY`, `UNSUPPORTED_ALGORITHM` for another curve
 */
export function parseSecp256k1PrivateKey(text: string, pointOf: PointOf): Secp256k1KeyPair {
  if (looksLikePem(text)) {
    const readPrivate = (der: Uint8Array): Secp256k1KeyPair => parsePrivate(der, pointOf);
    return readPemPrivateKey(text, { ...FORMAT, readPrivate, publicOf: (key) => key.point });
  }
  // Digits that a writer has cut are not guessed: nothing says that it was zeros.
  if (!isHex(text) || text.length !== 2 * FIELD_BYTES) {
    throw new DimError('INPUT_FORMAT', 'must be PEM, or 64 hex digits without 0x');
  }
  const scalar = checkScalar(decodeHex(text));
  return { scalar, point: pointOf(scalar) };
}

function isHex(text: string): boolean {
  return text.length % 2 === 0 && /^[\da-f]+$/i.test(text);
}

function parseSpki(der: Uint8Array): Uint8Array {
  return readDer(der, (reader) =>
    reader.sequence((key) => {
      readAlgorithm(key);
      return readPoint(key.bitString());
    }),
  );
}

function parsePrivate(der: Uint8Array, pointOf: PointOf): Secp256k1KeyPair {
  const content = readDer(der, (reader) => reader.sequence(readPkcs8OrSec1));
  const scalar = checkScalar(wholeScalar(content.scalar));
  const point = pointOf(scalar);
  if (!content.points.every((included) => equalBytes(readPoint(included), point))) {
    throw new DimError('INPUT_KEY', 'holds a private key and a public key that is not its own');
  }
  return { scalar, point };
}

/** A scalar in 32 bytes. Some writers cut its leading zeros, as in an INTEGER, or add the one that an INTEGER has. */
function wholeScalar(bytes: Uint8Array): Uint8Array {
  const digits = bytes.length === FIELD_BYTES + 1 && bytes[0] === 0 ? bytes.subarray(1) : bytes;
  if (digits.length >= FIELD_BYTES) return digits;
  const whole = new Uint8Array(FIELD_BYTES);
  whole.set(digits, FIELD_BYTES - digits.length);
  return whole;
}

/** What a private key's DER holds, before it is checked. */
interface PrivateContent {
  readonly scalar: Uint8Array;
  /** Public keys that came with it. */
  readonly points: readonly Uint8Array[];
}

function readPkcs8OrSec1(key: DerReader): PrivateContent {
  const version = readVersion(key);
  if (key.nextIs(DerTag.OCTET_STRING)) return readSec1Rest(key, version, true);
  readAlgorithm(key);
  // Version 1 should have a public key out here. Some writers say 1 and have it only inside, so both are read.
  const sec1 = key.element(DerTag.OCTET_STRING);
  if (key.nextIs(DerTag.CONTEXT_0)) key.element(DerTag.CONTEXT_0);
  const outer = key.nextIs(DerTag.IMPLICIT_1) ? [key.bitString(DerTag.IMPLICIT_1)] : [];
  const { scalar, points } = readDer(sec1, (reader) =>
    reader.sequence((inner) => readSec1Rest(inner, readVersion(inner), false)),
  );
  return { scalar, points: [...points, ...outer] };
}

/** SEC1 after its version: the scalar, the curve (which SEC1 alone must name) and the public key. */
function readSec1Rest(key: DerReader, version: number, mustNameCurve: boolean): PrivateContent {
  if (version !== 1) throw unknownVersion();
  const scalar = key.element(DerTag.OCTET_STRING);
  if (mustNameCurve || key.nextIs(DerTag.CONTEXT_0)) key.nested(DerTag.CONTEXT_0, readCurve);
  const points = key.nextIs(DerTag.CONTEXT_1) ? [key.nested(DerTag.CONTEXT_1, (inner) => inner.bitString())] : [];
  return { scalar, points };
}

function readAlgorithm(key: DerReader): void {
  key.sequence((algorithm) => {
    if (!equalBytes(algorithm.element(DerTag.OBJECT_IDENTIFIER), EC_PUBLIC_KEY)) {
      throw new DimError('UNSUPPORTED_ALGORITHM', 'is not an elliptic curve key');
    }
    readCurve(algorithm);
  });
}

function readCurve(reader: DerReader): void {
  // Explicit parameters could describe a curve that only looks like secp256k1.
  if (!reader.nextIs(DerTag.OBJECT_IDENTIFIER) || !equalBytes(reader.element(DerTag.OBJECT_IDENTIFIER), SECP256K1)) {
    throw new DimError('UNSUPPORTED_ALGORITHM', 'must be of the named curve secp256k1');
  }
}

function readVersion(key: DerReader): number {
  const [version, more] = key.integer();
  if ((version !== 0 && version !== 1) || more !== undefined) throw unknownVersion();
  return version;
}

function unknownVersion(): DimError {
  return new DimError('UNSUPPORTED_ALGORITHM', 'is of an unknown version');
}

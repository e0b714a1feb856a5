/** The curve secp256k1: which points and scalars are on it. Points are public; nothing here handles secrets but ranges. */
import { Point, utils } from '@noble/secp256k1';
import { DimError } from 'mkm';

/** The order of the group. */
export const SECP256K1_ORDER = /* @__PURE__ */ Point.CURVE().n;

/** Bytes of a coordinate and of a scalar. */
export const FIELD_BYTES = 32;

const POINT_BYTES = 1 + 2 * FIELD_BYTES;

/**
 * Reads a point in one of its two forms, 65 bytes `04‖x‖y` or 33 bytes `02‖x`, `03‖x`, as 65 bytes.
 * @throws DimError `INPUT_KEY` for any other form, and for what is not a point of the curve
 */
export function readPoint(bytes: Uint8Array): Uint8Array {
  try {
    const point = Point.fromBytes(bytes);
    return bytes.length === POINT_BYTES ? bytes : point.toBytes(false);
  } catch {
    throw new DimError('INPUT_KEY', 'is not a point of secp256k1');
  }
}

/** A point of 65 bytes in its short form of 33. */
export function compressPoint(point: Uint8Array): Uint8Array {
  const short = point.slice(0, 1 + FIELD_BYTES);
  short[0] = 2 + ((point[2 * FIELD_BYTES] ?? 0) & 1);
  return short;
}

/**
 * Checks a private scalar: 32 bytes, 1 to the order less one.
 * @throws DimError `INPUT_KEY`
 */
export function checkScalar(scalar: Uint8Array): Uint8Array {
  if (utils.isValidSecretKey(scalar)) return scalar;
  throw new DimError('INPUT_KEY', 'is not a private key of secp256k1');
}

/** The curve secp256k1: which points and scalars are on it. Points are public; nothing here handles secrets but ranges. */
import { DimError } from 'mkm';
import { bigIntOf, bytesOfBigInt } from '../../coding/big-integers.ts';

/** The prime of the field. */
const P = 2n ** 256n - 2n ** 32n - 977n;

/** The order of the group. */
export const SECP256K1_ORDER = 0xffff_ffff_ffff_ffff_ffff_ffff_ffff_fffe_baae_dce6_af48_a03b_bfd2_5e8c_d036_4141n;

/** Bytes of a coordinate and of a scalar. */
export const FIELD_BYTES = 32;

/**
 * Reads a point in one of its two forms, 65 bytes `04‖x‖y` or 33 bytes `02‖x`, `03‖x`, as 65 bytes.
 * @throws DimError `INPUT_KEY` for any other form, and for what is not a point of the curve
 */
export function readPoint(bytes: Uint8Array): Uint8Array {
  const [form] = bytes;
  const x = bigIntOf(bytes.subarray(1, 1 + FIELD_BYTES));
  if (form === 4 && bytes.length === 1 + 2 * FIELD_BYTES) {
    const y = bigIntOf(bytes.subarray(1 + FIELD_BYTES));
    if (x < P && y < P && (y * y) % P === curveAt(x)) return bytes;
  } else if ((form === 2 || form === 3) && bytes.length === 1 + FIELD_BYTES) {
    const root = power(curveAt(x), (P + 1n) / 4n);
    const y = root % 2n === BigInt(form % 2) ? root : P - root;
    if (x < P && (root * root) % P === curveAt(x)) return pointOf(bytes.subarray(1), bytesOfBigInt(y, FIELD_BYTES));
  }
  throw new DimError('INPUT_KEY', 'is not a point of secp256k1');
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
  const number = bigIntOf(scalar);
  if (scalar.length !== FIELD_BYTES || number === 0n || number >= SECP256K1_ORDER) {
    throw new DimError('INPUT_KEY', 'is not a private key of secp256k1');
  }
  return scalar;
}

/** The point of two coordinates of 32 bytes. */
function pointOf(x: Uint8Array, y: Uint8Array): Uint8Array {
  const point = new Uint8Array(1 + 2 * FIELD_BYTES);
  point[0] = 4;
  point.set(x, 1);
  point.set(y, 1 + FIELD_BYTES);
  return point;
}

/** x³ + 7: the square of y. */
function curveAt(x: bigint): bigint {
  return (x * x * x + 7n) % P;
}

function power(base: bigint, exponent: bigint): bigint {
  let result = 1n;
  for (const bit of exponent.toString(2)) {
    result = (result * result) % P;
    if (bit === '1') result = (result * base) % P;
  }
  return result;
}

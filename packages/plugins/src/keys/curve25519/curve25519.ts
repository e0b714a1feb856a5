/**
 * Which public keys of Curve25519 are keys. Each point has one spelling here, and points of small order are refused: a
 * signature by such a key fits many messages, and a secret agreed with one is known to everybody.
 */
import { DimError } from 'mkm';

const P = 2n ** 255n - 19n;
const SIGN_BIT = 2n ** 255n;

/** The x-coordinates of order 8 on Curve25519. Orders 1, 2 and 4 have 0, 1 and -1, on the curve or on its twist. */
const SMALL_X: ReadonlySet<bigint> = /* @__PURE__ */ new Set([
  0n,
  1n,
  P - 1n,
  0xb8495f16056286fdb1329ceb8d09da6ac49ff1fae35616aeb8413b7c7aebe0n,
  0x57119fd0dd4e22d8868e1c58c45c44045bef839c55b1d0b1248c50a3bc959c5fn,
]);

/** A y-coordinate of order 8 on the curve of Ed25519. */
const Y_OF_ORDER_8 = 0x7a03ac9277fdc74ec6cc392cfa53202a0f67100d760b3cba4fd84d3d706a17c7n;

/** The y-coordinates of order 1, 2, 4 and 8 there. */
const SMALL_Y: ReadonlySet<bigint> = /* @__PURE__ */ new Set([0n, 1n, P - 1n, Y_OF_ORDER_8, P - Y_OF_ORDER_8]);

/**
 * Checks a public key of Ed25519, but for its being on the curve: that takes long, and one that is not verifies nothing.
 * @throws DimError `INPUT_KEY`
 */
export function checkEd25519PublicKey(bytes: Uint8Array): void {
  if (littleEndian(bytes) % SIGN_BIT >= P || isSmallOrderEd25519(bytes)) {
    throw new DimError('INPUT_KEY', 'is not a public key of Ed25519');
  }
}

/** Whether a point of Ed25519 is of small order. */
export function isSmallOrderEd25519(bytes: Uint8Array): boolean {
  return SMALL_Y.has((littleEndian(bytes) % SIGN_BIT) % P);
}

/**
 * Checks a public key of X25519. Another spelling of a key is refused, as its owner would not find what is sealed for it.
 * @throws DimError `INPUT_KEY`
 */
export function checkX25519PublicKey(bytes: Uint8Array): void {
  if (littleEndian(bytes) >= P || isSmallOrderX25519(bytes)) {
    throw new DimError('INPUT_KEY', 'is not a public key of X25519');
  }
}

/** Whether a public key of X25519, in any spelling, gives a secret of zeros with every private key. */
export function isSmallOrderX25519(bytes: Uint8Array): boolean {
  return SMALL_X.has((littleEndian(bytes) % SIGN_BIT) % P);
}

function littleEndian(bytes: Uint8Array): bigint {
  return bytes.reduceRight((number, byte) => (number << 8n) | BigInt(byte), 0n);
}

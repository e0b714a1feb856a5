/**
 * Ed25519 in JavaScript: keys and signatures of noble. Its verification multiplies by the cofactor, which accepts
 * signatures that OpenSSL and libsodium refuse; so the equation without it is checked here, on noble's points.
 */
import { ed25519 as curve } from '@noble/curves/ed25519.js';
import { bytesToNumberLE } from '@noble/curves/utils.js';
import { sha512 } from '@noble/hashes/sha2.js';
import { equalBytes } from '../../coding/byte-argument.ts';
import type { Ed25519Backend } from '../modern-backend.ts';

const { Point } = curve;
type Point = ReturnType<typeof Point.fromBytes>;

/** A table makes verifying three times as fast, and takes the time of five verifications to make. */
const USES_BEFORE_TABLE = 4;
const TABLE_WINDOW = 4;

export const ed25519: Ed25519Backend = {
  publicKey(bytes) {
    const minusA = decodePoint(bytes)?.negate();
    let uses = 0;
    return {
      verify(message, signature) {
        const r = signature.subarray(0, 32);
        const s = bytesToNumberLE(signature.subarray(32));
        if (minusA === undefined || s >= Point.Fn.ORDER) return false;
        if (++uses === USES_BEFORE_TABLE) minusA.precompute(TABLE_WINDOW);
        const hash = sha512.create().update(r).update(bytes).update(message).digest();
        const k = Point.Fn.create(bytesToNumberLE(hash));
        return equalBytes(Point.BASE.multiplyUnsafe(s).add(minusA.multiplyUnsafe(k)).toBytes(), r);
      },
    };
  },
  privateKey: (seed) => ({
    publicKey: curve.getPublicKey(seed),
    sign: (message) => curve.sign(message, seed),
  }),
};

function decodePoint(bytes: Uint8Array): Point | undefined {
  try {
    return Point.fromBytes(bytes);
  } catch {
    return undefined;
  }
}

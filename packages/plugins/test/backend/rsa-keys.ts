/** RSA keys of any shape, built number by number from primes of node:crypto. */
import { checkPrimeSync, generatePrimeSync } from 'node:crypto';
import type { RsaPrivateComponents } from '../../src/backend/backend.ts';
import { bytesOfBigInt } from '../../src/coding/big-integers.ts';
import { DerTag, encodeDer, encodeDerInteger } from '../../src/coding/der.ts';
import { parseRsaPrivateKey } from '../../src/coding/rsa-components.ts';

/** Bits of the two primes, and the public exponent. */
export interface RsaShape {
  readonly p: number;
  readonly q: number;
  readonly e: bigint;
}

/** A new key. The modulus has as many bits as the primes have together. The key checks of the library accept it. */
export function makeRsaKey({ p: pBits, q: qBits, e }: RsaShape): RsaPrivateComponents {
  for (;;) {
    const [p, q] = [primeOf(pBits, e), primeOf(qBits, e)];
    if (p !== q && (p * q).toString(2).length === pBits + qBits) return parseRsaPrivateKey(rsaDer(p, q, e));
  }
}

/** The numbers of a key that the key checks of the library need not accept. */
export function rsaComponents(p: bigint, q: bigint, e: bigint): RsaPrivateComponents {
  const d = inverse(e, (p - 1n) * (q - 1n));
  const bytes = (number: bigint): Uint8Array => bytesOfBigInt(number, Math.ceil(number.toString(16).length / 2));
  const pkcs1 = rsaDer(p, q, e);
  return {
    publicKey: { modulus: bytes(p * q), exponent: Number(e), pkcs1 },
    privateExponent: bytes(d),
    primes: [bytes(p), bytes(q)],
    exponents: [bytes(d % (p - 1n)), bytes(d % (q - 1n))],
    coefficient: bytes(inverse(q, p)),
    pkcs1,
  };
}

/** A private key of two numbers, as PKCS#1. */
export function rsaDer(p: bigint, q: bigint, e: bigint): Uint8Array {
  const d = inverse(e, (p - 1n) * (q - 1n));
  const numbers = [0n, p * q, e, d, p, q, d % (p - 1n), d % (q - 1n), inverse(q, p)];
  return encodeDer(DerTag.SEQUENCE, ...numbers.map((number) => encodeDerInteger(bytesOfBigInt(number, 1200))));
}

function primeOf(bits: number, e: bigint): bigint {
  for (;;) {
    const prime = generatePrimeSync(bits, { bigint: true });
    if (gcd(prime - 1n, e) === 1n) return prime;
  }
}

function gcd(one: bigint, other: bigint): bigint {
  return other === 0n ? one : gcd(other, one % other);
}

/** The inverse of a number, by the extended Euclidean algorithm. */
export function inverse(number: bigint, modulus: bigint): bigint {
  let [a, b, x, y] = [number % modulus, modulus, 1n, 0n];
  while (a > 1n) {
    const quotient = a / b;
    [a, b, x, y] = [b, a - quotient * b, y, x - quotient * y];
  }
  return ((x % modulus) + modulus) % modulus;
}

const SMALL_PRIMES = Array.from({ length: 256 }, (_, index) => BigInt(index + 2)).filter((number) =>
  checkPrimeSync(number),
);

/** The first number, in even steps from an odd one, that no prime up to 257 divides. */
export function roughFrom(start: bigint, step = 2n): bigint {
  let number = start;
  while (SMALL_PRIMES.some((prime) => number % prime === 0n)) number += step;
  return number;
}

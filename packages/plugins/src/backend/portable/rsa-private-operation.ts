/**
 * The private operation of RSA, c^d mod n, in JavaScript.
 *
 * - Chinese remainder theorem: two powers of half the size, four times as fast as one.
 * - Blinding: what the powers are taken of is c·r^e for a random r, so that their time says nothing of c. The pair
 *   (r^e, 1/r) is squared for each operation, and a new one is made after 32.
 * - A new exponent each time: to the exponents, random multiples of p - 1 and q - 1 are added, which change nothing in the
 *   result. What one operation shows of its digits (the place in the table, in a cache) is of no use for the next.
 * - The result is raised to e and compared with the input before anything leaves: a single wrong power would give away the
 *   factors. That is done while it is blinded.
 *
 * Nothing here branches on a secret, and all numbers are as long as their moduli. What JavaScript cannot promise: that
 * BigInt takes the same time for all values of one length, that the engine keeps no copies, that memory is wiped.
 */
import { invert } from '@noble/curves/abstract/modular.js';
import { DimError } from 'mkm';
import { bigIntOf } from '../../coding/big-integers.ts';
import type { RsaPrivateComponents, RsaPublicComponents } from '../backend.ts';
import { exponentDigits, publicPower, secretPower } from './modular-power.ts';
import { randomBytes } from './random-bytes.ts';

/** Bytes of the random factor that makes an exponent a new one. */
const FACTOR_BYTES = 8;

/** How often a blinding pair is squared before there is a new one, which takes a modular inverse. */
const MAX_USES = 32;

/** A prime with what belongs to it. */
interface PrimeHalf {
  readonly prime: bigint;
  readonly exponent: bigint;
  readonly bits: number;
}

interface Blinding {
  /** r^e. */
  readonly blind: bigint;
  /** 1/r. */
  readonly unblind: bigint;
  readonly uses: number;
}

/** The private operation of a key: of a number below the modulus. It throws `INTERNAL_PLATFORM` rather than be wrong. */
export function rsaPrivateOperation(components: RsaPrivateComponents): (input: bigint) => bigint {
  const n = bigIntOf(components.publicKey.modulus);
  const e = components.publicKey.exponent;
  const p = halfOf(components, 0);
  const q = halfOf(components, 1);
  const coefficient = bigIntOf(components.coefficient);
  let blinding: Blinding | undefined;

  return (input) => {
    blinding = nextBlinding(blinding, components.publicKey, n);
    const blinded = (input * blinding.blind) % n;
    const ofP = powerOf(blinded, p);
    const ofQ = powerOf(blinded, q);
    // Garner: the number below n that is ofP mod p and ofQ mod q. The added prime keeps the difference positive.
    const quotient = ((ofP + p.prime - (ofQ % p.prime)) * coefficient) % p.prime;
    const result = ofQ + quotient * q.prime;
    if (publicPower(result, e, n) !== blinded) {
      throw new DimError('INTERNAL_PLATFORM', 'an operation with an RSA private key gave a wrong result');
    }
    return (result * blinding.unblind) % n;
  };
}

function halfOf(components: RsaPrivateComponents, index: 0 | 1): PrimeHalf {
  const prime = bigIntOf(components.primes[index]);
  return { prime, exponent: bigIntOf(components.exponents[index]), bits: components.primes[index].length * 8 };
}

function powerOf(base: bigint, { prime, exponent, bits }: PrimeHalf): bigint {
  const blinded = exponent + bigIntOf(randomBytes(FACTOR_BYTES)) * (prime - 1n);
  return secretPower(base % prime, exponentDigits(blinded, bits + FACTOR_BYTES * 8), prime);
}

function nextBlinding(last: Blinding | undefined, key: RsaPublicComponents, n: bigint): Blinding {
  if (last === undefined || last.uses >= MAX_USES) return newBlinding(key, n);
  return { blind: last.blind ** 2n % n, unblind: last.unblind ** 2n % n, uses: last.uses + 1 };
}

function newBlinding({ modulus, exponent }: RsaPublicComponents, n: bigint): Blinding {
  // 64 bits more than the modulus has, so that what is left of the division is as good as evenly distributed.
  const random = (): bigint => bigIntOf(randomBytes(modulus.length + 8)) % n;
  for (;;) {
    const [r, mask] = [random(), random()];
    // The inverse is taken of r times another random number: the time that it takes says nothing of r.
    const inverse = inverseOf((r * mask) % n, n);
    if (inverse !== undefined) return { blind: publicPower(r, exponent, n), unblind: (inverse * mask) % n, uses: 1 };
  }
}

/** Undefined where there is none: a multiple of a factor, which chance finds only when the factor is tiny. */
function inverseOf(number: bigint, modulus: bigint): bigint | undefined {
  try {
    return invert(number, modulus);
  } catch {
    return undefined;
  }
}

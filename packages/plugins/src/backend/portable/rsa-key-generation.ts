/**
 * New RSA keys in JavaScript, for where WebCrypto makes none: React Native, and pages that did not come over https. It
 * takes about a second, in which others have their turn every few candidates.
 *
 * Why not a library: those that are kept well make keys of 2048 bits and more only, or try candidates without a sieve.
 */
import { invert } from '@noble/curves/abstract/modular.js';
import { bigIntOf, bytesOfBigInt } from '../../coding/big-integers.ts';
import { DerTag, encodeDer, encodeDerInteger } from '../../coding/der.ts';
import { exponentDigits, secretPower } from './modular-power.ts';
import { randomBytes } from './random-bytes.ts';

const EXPONENT = 65537n;

/** Rounds of Miller and Rabin. For a random number of these sizes, far fewer leave no more doubt than 1 : 2^100. */
const ROUNDS = 20;

/** Primes up to here are divided by first, which leaves one odd number of seven. */
const SIEVE_LIMIT = 2000;

/** How far from a random number its prime may be: hardly any has none so near. */
const MAX_DISTANCE = 20_000;

/** Candidates that are tried before other tasks run. */
const TRIED_AT_ONCE = 8;

/** A new private key with the exponent 65537, as PKCS#1 DER. `bits` is a multiple of 8. */
export async function generateRsaKey(bits: number): Promise<Uint8Array> {
  const p = await randomPrime(bits / 2);
  const q = await randomPrime(bits / 2);
  // Chance does not do this.
  if (p === q) return generateRsaKey(bits);
  const d = invert(EXPONENT, (p - 1n) * (q - 1n));
  const numbers = [0n, p * q, EXPONENT, d, p, q, d % (p - 1n), d % (q - 1n), invert(q, p)];
  return encodeDer(DerTag.SEQUENCE, ...numbers.map((number) => encodeDerInteger(bytesOfBigInt(number, bits / 8))));
}

/** A prime of exactly so many bits, whose two highest are ones: the product of two such has all of their bits. */
async function randomPrime(bits: number): Promise<bigint> {
  const primes = smallPrimes();
  let tried = 0;
  for (;;) {
    const start = BigInt.asUintN(bits, bigIntOf(randomBytes(Math.ceil(bits / 8)))) | (3n << BigInt(bits - 2)) | 1n;
    const remainders = primes.map((prime) => Number(start % BigInt(prime)));
    for (let distance = 0; distance < MAX_DISTANCE; distance += 2) {
      if (primes.some((prime, index) => ((remainders[index] ?? 0) + distance) % prime === 0)) continue;
      const candidate = start + BigInt(distance);
      if ((candidate - 1n) % EXPONENT !== 0n && isProbablePrime(candidate, bits)) return candidate;
      if (++tried % TRIED_AT_ONCE === 0) await othersTurn();
    }
  }
}

/** Miller and Rabin, for an odd number. */
function isProbablePrime(number: bigint, bits: number): boolean {
  let odd = number - 1n;
  let twos = 0;
  for (; odd % 2n === 0n; odd /= 2n) twos++;
  const digits = exponentDigits(odd, bits);
  for (let round = 0; round < ROUNDS; round++) {
    const base = 2n + (bigIntOf(randomBytes(Math.ceil(bits / 8) + 8)) % (number - 3n));
    if (isWitness(secretPower(base, digits, number), twos, number)) return false;
  }
  return true;
}

/** Whether a power shows that the number is composite: none of its squares is -1, and it is not 1. */
function isWitness(power: bigint, twos: number, number: bigint): boolean {
  let square = power;
  if (square === 1n) return false;
  for (let count = 0; count < twos; count++) {
    if (square === number - 1n) return false;
    square = (square * square) % number;
  }
  return true;
}

/** The odd primes up to the limit. */
function smallPrimes(): readonly number[] {
  const primes: number[] = [];
  for (let number = 3; number <= SIEVE_LIMIT; number += 2) {
    if (primes.every((prime) => number % prime !== 0)) primes.push(number);
  }
  return primes;
}

function othersTurn(): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve);
  });
}

/** What a modulus of RSA must not be: a number that anybody can factor at sight. Whether it has two primes, nobody can tell. */
import { DimError } from 'mkm';
import { bigIntOf } from './big-integers.ts';

/** A modulus has so many bytes, without leading zeros. Old web clients make keys of 1023 bits as often as of 1024. */
export const MIN_MODULUS_BYTES = 128;
export const MAX_MODULUS_BYTES = 1024;

/** All odd primes up to here are tried: keys that were made well have none of them, and more would be felt. */
const LARGEST_SMALL_PRIME = 257;

/** Products of these primes, each below 2^31, so that one division of the large number serves several primes. */
const GROUPS: readonly PrimeGroup[] = /* @__PURE__ */ primeGroups();
/** All of them. */
const PRODUCT: bigint = /* @__PURE__ */ GROUPS.reduce((product, group) => product * group.product, 1n);

interface PrimeGroup {
  readonly product: bigint;
  readonly primes: readonly number[];
}

/**
 * Checks a modulus, big-endian without leading zeros.
 * @throws DimError `INPUT_KEY`
 */
export function checkModulus(modulus: Uint8Array): void {
  if (modulus.length < MIN_MODULUS_BYTES || modulus.length > MAX_MODULUS_BYTES) {
    const size = `${MIN_MODULUS_BYTES} to ${MAX_MODULUS_BYTES} bytes`;
    throw new DimError('INPUT_KEY', `the modulus of an RSA key must have ${size}`);
  }
  const n = bigIntOf(modulus);
  if (n % 2n === 0n) throw new DimError('INPUT_KEY', 'the modulus of an RSA key must be odd');
  if (hasSmallFactor(n)) throw new DimError('INPUT_KEY', 'the modulus of an RSA key must not have a small factor');
  if (isSquare(n)) throw new DimError('INPUT_KEY', 'the modulus of an RSA key must not be a square');
}

function hasSmallFactor(n: bigint): boolean {
  const rest = n % PRODUCT;
  return GROUPS.some(({ product, primes }) => {
    const small = Number(rest % product);
    return primes.some((prime) => small % prime === 0);
  });
}

/** Whether an odd number is a square. One in thousands is looked at closely, by Newton's method. */
function isSquare(n: bigint): boolean {
  const [group] = GROUPS;
  if (n % 8n !== 1n || group === undefined) return false;
  const small = Number(n % group.product);
  if (!group.primes.every((prime) => isSquareModulo(small % prime, prime))) return false;
  let root = 1n << BigInt(n.toString(16).length * 2);
  for (;;) {
    const next = (root + n / root) >> 1n;
    if (next >= root) return root * root === n;
    root = next;
  }
}

function isSquareModulo(number: number, prime: number): boolean {
  for (let root = 1; root <= prime / 2; root++) if ((root * root) % prime === number) return true;
  return number === 0;
}

function primeGroups(): readonly PrimeGroup[] {
  const groups: { product: bigint; primes: number[] }[] = [];
  const found: number[] = [];
  for (let number = 3; number <= LARGEST_SMALL_PRIME; number += 2) {
    if (found.some((prime) => number % prime === 0)) continue;
    found.push(number);
    const last = groups.at(-1);
    const product = (last?.product ?? 2n ** 31n) * BigInt(number);
    if (last === undefined || product >= 2n ** 31n) {
      groups.push({ product: BigInt(number), primes: [number] });
    } else {
      last.product = product;
      last.primes.push(number);
    }
  }
  return groups;
}

/**
 * Powers modulo a number.
 *
 * The arithmetic is BigInt's. Montgomery multiplication over 24-bit limbs in typed arrays was measured beside it: where a
 * compiler is at work it is 10 to 50 % slower, and where there is none (React Native, browsers in lockdown) about 50 times,
 * while BigInt is native code everywhere. Limbs could choose from a table by touching all of it. BigInt cannot, so a secret
 * exponent is made a new one for each operation: see rsa-private-operation.ts.
 */

/** Bits of the exponent that are taken at once: one less, or one more, needs more multiplications for 512 to 4096 bits. */
const WINDOW_BITS = 5;

/** Digits of an exponent in base 32, the most significant first. */
export type ExponentDigits = Uint8Array;

/** An exponent as digits, as many as an exponent of so many bits has, whatever their values are. */
export function exponentDigits(exponent: bigint, bits: number): ExponentDigits {
  const length = Math.ceil(bits / WINDOW_BITS);
  // A one before the first digit keeps the zeros.
  const text = (exponent + (1n << BigInt(length * WINDOW_BITS))).toString(2 ** WINDOW_BITS);
  const digits = new Uint8Array(length);
  for (let index = 0; index < length; index++) {
    const code = text.charCodeAt(index + 1);
    // '0' to '9' are 48 to 57, 'a' to 'v' are 97 to 118; computed without a branch.
    digits[index] = code - 48 - 39 * (code >> 6);
  }
  return digits;
}

/**
 * base^exponent mod modulus, for a secret exponent; the base is below the modulus, which is above 1.
 *
 * The number and order of the multiplications depend on how many digits there are and on nothing else.
 */
export function secretPower(base: bigint, digits: ExponentDigits, modulus: bigint): bigint {
  // Not 1, which multiplies faster than what is as long as the modulus.
  const table = [1n + modulus, base];
  for (let index = 2; index < 2 ** WINDOW_BITS; index++) table.push(((table[index - 1] ?? 0n) * base) % modulus);
  let result = 1n + modulus;
  for (const digit of digits) {
    for (let bit = 0; bit < WINDOW_BITS; bit++) result = (result * result) % modulus;
    result = (result * (table[digit] ?? 0n)) % modulus;
  }
  return result;
}

/** base^exponent mod modulus, for a public exponent of at least 1; the base is below the modulus. */
export function publicPower(base: bigint, exponent: number, modulus: bigint): bigint {
  let result = base;
  for (const bit of exponent.toString(2).slice(1)) {
    result = (result * result) % modulus;
    if (bit === '1') result = (result * base) % modulus;
  }
  return result;
}

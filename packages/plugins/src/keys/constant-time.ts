/**
 * Decisions without branches, for secrets. A mask is all ones (-1) for yes and zero for no; numbers are below 2^30.
 * JavaScript promises no constant time; this is as near as it gets.
 */

/** Whether a number is zero. */
export function isZero(number: number): number {
  return (number - 1) >> 31;
}

/** Whether a number is less than another. */
export function isLess(one: number, other: number): number {
  return (one - other) >> 31;
}

/** The first number for yes, the second for no. */
export function select(mask: number, one: number, other: number): number {
  return (mask & one) | (~mask & other);
}

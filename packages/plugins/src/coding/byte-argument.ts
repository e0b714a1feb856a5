/** Bytes that calling code hands over: checked at the door, so that no platform sees anything else. */
import { bytesArgument } from 'mkm/internal';

/**
 * The argument, when it is usable bytes: a Uint8Array over memory that is there and that no other thread can change.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function requireBytes(value: unknown, name: string): Uint8Array {
  return bytesArgument(value, name);
}

/** Whether two byte strings are equal, in a time that tells nothing about where they differ. */
export function equalBytes(one: Uint8Array, other: Uint8Array): boolean {
  if (one.length !== other.length) return false;
  let difference = 0;
  one.forEach((byte, index) => (difference |= byte ^ (other[index] ?? 0)));
  return difference === 0;
}

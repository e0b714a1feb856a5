/** Serial numbers: what a sender numbers its messages with. */
import { DimError } from 'mkm';
import { typeName } from 'mkm/extend';

/** A positive integer up to 2^64 - 1: a `bigint` where a number would round it. */
export type SerialNumber = number | bigint;

const MAX_SERIAL_NUMBER = 0xffff_ffff_ffff_ffffn;

/**
 * Reads a serial number: an integer, or its decimal digits.
 * @throws DimError `INPUT_TYPE`, `INPUT_FORMAT` or `INPUT_RANGE`
 */
export function readSerialNumber(value: unknown): SerialNumber {
  if (typeof value === 'string') {
    if (!/^\d{1,20}$/.test(value)) throw new DimError('INPUT_FORMAT', 'must be a serial number in decimal digits');
    return checkRange(BigInt(value));
  }
  if (typeof value === 'bigint') return checkRange(value);
  if (typeof value !== 'number') throw new DimError('INPUT_TYPE', `must be a serial number, not ${typeName(value)}`);
  if (!Number.isSafeInteger(value) || value <= 0) {
    throw new DimError('INPUT_RANGE', 'must be a positive integer; beyond 2^53 - 1 a bigint or digits');
  }
  return value;
}

function checkRange(value: bigint): SerialNumber {
  if (value <= 0n || value > MAX_SERIAL_NUMBER) throw new DimError('INPUT_RANGE', 'must be 1 to 2^64 - 1');
  return value <= BigInt(Number.MAX_SAFE_INTEGER) ? Number(value) : value;
}

/** Random numbers that were drawn in advance: one at a time costs nearly as much as all of them. */
const drawn: number[] = [];
const DRAWN_AT_A_TIME = 64;
const MAX_AGE_MS = 1000;

/** The process that drew them, and when, by two clocks. */
let drawnBy = { process: 0, up: 0, wall: 0 };

/** A new serial number, 1 to 2^31 - 1, from the platform's secure generator. */
export function createSerialNumber(): number {
  if (drawn.length === 0 || areOld()) {
    drawn.splice(0, drawn.length, ...crypto.getRandomValues(new Uint32Array(DRAWN_AT_A_TIME)));
    drawnBy = { process: performance.timeOrigin, up: performance.now(), wall: Date.now() };
  }
  return (drawn.pop() ?? 0) & 0x7fff_ffff || 1;
}

/** A snapshot of a process, or of a machine, copies what was drawn: each copy would give out the same. */
function areOld(): boolean {
  return (
    performance.timeOrigin !== drawnBy.process ||
    Math.abs(performance.now() - drawnBy.up) > MAX_AGE_MS ||
    Math.abs(Date.now() - drawnBy.wall) > MAX_AGE_MS
  );
}

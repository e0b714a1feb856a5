/** Times: seconds since 1970-01-01 UTC, possibly with a fraction. */
import { checkArguments } from '../errors/check-arguments.ts';
import { DimError, within } from '../errors/dim-error.ts';
import { typeName } from './json-map.ts';
import { isDate } from './other-realms.ts';

/** Later than this (the year 5138) is a time in milliseconds, which the protocol never had. */
const MAX_SECONDS = 1e11;

/**
 * Reads a time: a number of seconds, or its decimal text.
 * @returns seconds since 1970-01-01 UTC
 * @throws DimError `INPUT_TYPE`, `INPUT_FORMAT` or `INPUT_RANGE`
 */
export function readTime(value: unknown): number {
  const seconds = typeof value === 'string' ? parseDecimal(value) : value;
  if (typeof seconds !== 'number') {
    const given = isDate(value) ? 'a Date: take date.getTime() / 1000' : typeName(value);
    throw new DimError('INPUT_TYPE', `must be seconds, not ${given}`);
  }
  if (!(seconds >= 0 && seconds < MAX_SECONDS) || Object.is(seconds, -0)) {
    throw new DimError('INPUT_RANGE', 'must be seconds since 1970, not negative and not milliseconds');
  }
  return seconds;
}

function parseDecimal(text: string): number {
  if (!/^\d{1,12}(\.\d{1,20})?$/.test(text))
    throw new DimError('INPUT_FORMAT', 'must be a number of seconds, or its decimal digits');
  return Number(text);
}

/** The current time in seconds. */
export function currentTime(): number {
  return Date.now() / 1000;
}

/**
 * The time by a clock that calling code gave, in seconds.
 * @throws DimError `USAGE_ARGUMENT` at `clock`: of what is no time, no limit is ever passed
 */
export function timeBy(clock: () => number = currentTime): number {
  if (typeof clock !== 'function')
    throw new DimError('USAGE_ARGUMENT', `must be a function, not ${typeName(clock)}`, { path: 'clock' });
  const now = clock();
  return checkArguments(() => within('clock', () => readTime(now)));
}

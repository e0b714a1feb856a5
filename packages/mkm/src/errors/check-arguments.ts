/** What callers give to make something new: checked as a reader checks what peers send, and called by its name. */
import { asDimError, DimError } from './dim-error.ts';

/**
 * Runs a reader over what the calling code gave. Whatever the reader refuses is a mistake of the caller here, at the
 * same path: so nothing is written that nobody could read.
 *
 * @example
 * ```ts
 * import { checkArguments, currentTime, readTime } from 'mkm/extend';
 *
 * checkArguments(() => readTime(currentTime())); // seconds
 * checkArguments(() => readTime(Date.now())); // throws USAGE_ARGUMENT: must be seconds since 1970, …
 * ```
 * @throws DimError `USAGE_ARGUMENT` for an `INPUT_…` of the reader, with that as its cause; other codes as they are
 */
export function checkArguments<T>(read: () => T): T {
  try {
    return read();
  } catch (error) {
    throw asUsageError(error);
  }
}

/**
 * An argument without which a call would mean something else: an answer without documents would be a query for them.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function requireArgument<T>(value: T, path: string): NonNullable<T> {
  if (value === undefined || value === null) throw new DimError('USAGE_ARGUMENT', 'is required', { path });
  return value;
}

function asUsageError(error: unknown): DimError {
  const known = asDimError(error);
  if (!known.code.startsWith('INPUT_')) return known;
  return new DimError('USAGE_ARGUMENT', known.reason, { path: known.path, cause: known });
}

/** Where this library asks a platform for something: whatever a platform throws comes out as an error of this library. */
import { DimError, isDimError } from 'mkm';
import { isPromise } from 'mkm/internal';

/**
 * What the platform answers, now or later.
 * @throws DimError `INTERNAL_PLATFORM` with the platform's own error as its cause; a DimError comes through as it is
 */
export function askPlatform<T>(ask: () => T): T {
  try {
    const answer = ask();
    return isPromise(answer) ? (answer.then(undefined, fail) as T) : answer;
  } catch (error) {
    return fail(error);
  }
}

function fail(error: unknown): never {
  if (isDimError(error)) throw error;
  const reason = 'the cryptography of this platform failed; that of dimplugins/backends/portable runs everywhere';
  throw new DimError('INTERNAL_PLATFORM', reason, { cause: error });
}

/** A short way to look at errors: the DimError that an action ends with. Anything else fails the test. */
import { isDimError, type DimError } from 'mkm';

/** Of an action that may give a promise. */
export async function errorOf(action: () => unknown): Promise<DimError> {
  try {
    await action();
  } catch (error) {
    return requireDimError(error);
  }
  throw new Error('nothing was thrown');
}

/** Of an action that gives none. */
export function errorIn(action: () => unknown): DimError {
  try {
    action();
  } catch (error) {
    return requireDimError(error);
  }
  throw new Error('nothing was thrown');
}

function requireDimError(error: unknown): DimError {
  if (isDimError(error)) return error;
  throw error;
}

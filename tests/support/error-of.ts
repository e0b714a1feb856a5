/** A short way to look at errors. */
import { isDimError, type DimError } from 'mkm';

/** The DimError that an action ends with; anything else fails the test. */
export async function errorOf(action: () => unknown): Promise<DimError> {
  try {
    await action();
  } catch (error) {
    if (isDimError(error)) return error;
    throw error;
  }
  throw new Error('nothing was thrown');
}

/** A suite turns the cases of one vector file into checks that can fail. */
import { DimError } from 'dimp';

export type { Check, LoadFile, Note, Suite } from 'runner/checks';

/** Something must be refused with a DimError. Any other error, or none, fails the check. */
export async function refuses(action: () => unknown, what: string): Promise<DimError> {
  try {
    await action();
  } catch (error) {
    if (error instanceof DimError) return error;
    throw new Error(`${what} ended with an error that is no DimError`, { cause: error });
  }
  throw new Error(`${what} was accepted`);
}

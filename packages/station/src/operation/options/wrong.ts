/** What is wrong in what people gave. */
import { DimError } from 'dimp';

/** One line for whoever gave it: which option, and what is allowed. */
export function wrong(reason: string, cause?: unknown): DimError {
  return new DimError('USAGE_ARGUMENT', reason, { cause });
}

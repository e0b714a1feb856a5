/** What is wrong in what people gave. */
import { DimError } from 'dimp';

/** A usage error: which option or argument, and what is allowed. */
export function wrong(reason: string, cause?: unknown): DimError {
  return new DimError('USAGE_ARGUMENT', reason, { cause });
}

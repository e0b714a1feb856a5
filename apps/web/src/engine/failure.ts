/** What went wrong, as it goes to a page. */
import { isDimError } from 'dimp';
import type { Failure } from '../protocol/views.ts';

/** What a page is told of an error: of ours the code, the path and the reason; of others that they came. */
export function failureOf(error: unknown): Failure {
  if (isDimError(error))
    return { code: error.code, path: error.path === '' ? undefined : error.path, reason: error.reason };
  const reason = error instanceof Error ? `${error.name}: ${error.message}` : String(error);
  return { code: 'UNKNOWN', path: undefined, reason };
}

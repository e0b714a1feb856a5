/** What went wrong, whatever was thrown. */
import { EngineError } from '../link/engine-link.ts';
import type { Failure } from '../protocol/views.ts';

export function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) return error.failure;
  return { code: 'UNKNOWN', path: undefined, reason: error instanceof Error ? error.message : String(error) };
}

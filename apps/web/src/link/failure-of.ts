/** What was thrown, as a failure to be shown. */
import type { Failure } from '../protocol/views.ts';
import { EngineError } from './engine-link.ts';

export function failureOf(error: unknown): Failure {
  if (error instanceof EngineError) return error.failure;
  return { code: 'UNKNOWN', path: undefined, reason: error instanceof Error ? error.message : String(error) };
}

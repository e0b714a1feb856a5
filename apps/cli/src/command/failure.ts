/** How an error is told: what, where, and what to do. */
import { isDimError } from 'dimp';
import type { JsonMap } from 'dimp';
import { printable } from '../text/printable.ts';
import { adviceFor } from './advice.ts';
import { EXIT, exitCodeOf } from './exit-codes.ts';

/** Longest line of an error; it may name two paths. */
const MAX_LINE = 2000;

/** An error, for people, for machines, and for the shell. */
export interface Failure {
  readonly text: string;
  readonly json: JsonMap;
  readonly exitCode: number;
}

/** What is told of an error. */
export function failureOf(error: unknown): Failure {
  if (!isDimError(error)) {
    const reason = error instanceof Error ? error.message : String(error);
    const json = { error: { code: 'FAILED', path: '', reason } };
    return { text: `dim: it has failed: ${printable(reason, MAX_LINE)}\n`, json, exitCode: EXIT.failed };
  }
  const { code, path, reason } = error;
  const advice = adviceFor(error);
  const lines = [
    `dim: ${[...(path === '' ? [] : [path]), reason].join(' ')}`,
    ...(advice === undefined ? [] : [advice]),
  ];
  return {
    text: lines.map((line) => `${printable(line, MAX_LINE)}\n`).join(''),
    json: { error: { code, path, reason, ...(advice !== undefined && { advice }) } },
    exitCode: exitCodeOf(code),
  };
}

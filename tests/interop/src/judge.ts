/** What a result counts for, in view of the known differences. */
import { knownDifference, KNOWN_DIFFERENCES, type KnownDifference } from './known-differences.ts';
import type { Outcome, Result } from './run.ts';

/** `known`: it differs as is known. */
export type Verdict = Outcome | 'known';

/** A result with its verdict. */
export interface Judged extends Omit<Result, 'outcome'> {
  readonly verdict: Verdict;
  readonly known?: KnownDifference;
}

/** The verdict about a peer's result. */
export function judge(peer: string, result: Result, list: readonly KnownDifference[] = KNOWN_DIFFERENCES): Judged {
  const { outcome, ...rest } = result;
  const known = knownDifference(peer, result, list);
  if (known === undefined) return { ...rest, verdict: outcome };
  if (outcome === 'differs') return { ...rest, verdict: 'known', known };
  return { ...rest, verdict: 'differs', reason: `a known difference that is none: ${outcome}` };
}

/** How many passed and failed. What there is not, what is known and what is a peer's own matter is neither. */
export function count(results: readonly Pick<Judged, 'verdict'>[]): {
  readonly passed: number;
  readonly failed: number;
} {
  const isPassed = ({ verdict }: Pick<Judged, 'verdict'>) => verdict === 'pass' || verdict === 'refused';
  return {
    passed: results.filter((result) => isPassed(result)).length,
    failed: results.filter(({ verdict }) => verdict === 'differs').length,
  };
}

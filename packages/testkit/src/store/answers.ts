/** What stores answer, and verdicts on it. */
import { isDimError, type Change, type Store } from 'dimp';
import { errorForm, shortForm } from '../report/short-form.ts';
import { verdict, type Fault, type Verdict } from '../report/verdict.ts';

/** What a store may answer where it has nothing. */
const isNothing = (answer: unknown): boolean =>
  answer === undefined || answer === null || (Array.isArray(answer) && answer.length === 0);

/** Whether an answer is nothing. */
export function hasNo(what: string, answer: unknown): Verdict {
  return verdict(isNothing(answer), `no ${what}`, `${what}: ${shortForm(answer)}`);
}

/** Whether an answer is something, whatever it is. */
export function has(what: string, answer: unknown): Verdict {
  return verdict(!isNothing(answer), what, isNothing(answer) ? `no ${what}` : shortForm(answer));
}

/** Texts in words. */
export const listed = (texts: readonly string[]): string => (texts.length === 0 ? 'nothing' : texts.join(', '));

/** Whether a list has the texts that it should, in their order. */
export function isSame(received: readonly string[], wanted: readonly string[]): Verdict {
  const isEqual = received.length === wanted.length && received.every((text, index) => text === wanted[index]);
  return verdict(isEqual, listed(wanted), listed(received));
}

/** {@link isSame} in any order. */
export function isSameSet(received: readonly string[], wanted: readonly string[]): Verdict {
  return isSame([...received].sort(), [...wanted].sort());
}

/** Commits at the same time: how many were made, and what is wrong with how the others ended. */
export async function outcomes(
  store: Store,
  commits: readonly (readonly Change[])[],
): Promise<{ readonly made: number; readonly faults: readonly Fault[] }> {
  // A commit that throws at once is one that is refused.
  const results = await Promise.allSettled(commits.map(async (changes) => store.commit(changes)));
  const reasons = results.flatMap((result): unknown[] => (result.status === 'rejected' ? [result.reason] : []));
  const faults = reasons
    .filter((reason) => !isDimError(reason) || reason.code !== 'INPUT_REPLAY')
    .map((reason) => ({ expected: 'a DimError INPUT_REPLAY', received: errorForm(reason) }));
  return { made: results.length - reasons.length, faults };
}

/** Names that somebody gave to a command. */
import { distance } from 'fastest-levenshtein';
import { UsageError } from './usage-error.ts';

/** Longer ones are no slips of the finger. */
const MAX_LENGTH = 64;

/** One of these names. @throws UsageError, with the one that was probably meant, and all of them */
export function nameAmong<T extends string>(given: string, known: readonly T[], what: string): T {
  const found = known.find((name) => name === given);
  if (found === undefined)
    throw new UsageError(`there is no ${what} ${quoted(given)}${suggestion(given, known)}: ${known.join(', ')}`);
  return found;
}

/** ` (did you mean x?)`, or nothing where no name is near. */
export function suggestion(given: string, known: readonly string[]): string {
  if (given.length > MAX_LENGTH) return '';
  const [best] = known
    .map((name) => ({ name, away: distance(given, name) }))
    .filter(({ name, away }) => away <= Math.max(1, Math.floor(name.length / 3)))
    .sort((one, other) => one.away - other.away);
  return best === undefined ? '' : ` (did you mean ${best.name}?)`;
}

/** What was given, to stand in a line. */
export function quoted(given: string): string {
  return JSON.stringify(given.length > MAX_LENGTH ? `${given.slice(0, MAX_LENGTH)}…` : given);
}

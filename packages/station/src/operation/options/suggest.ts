/** The name that somebody has probably meant. */
import { distance } from 'fastest-levenshtein';

/** Longer ones are no slips of the finger. */
const MAX_LENGTH = 64;

/** ` (did you mean x?)`, or nothing where no name is near. */
export function suggestion(given: string, known: readonly string[]): string {
  if (given.length > MAX_LENGTH) return '';
  const near = known
    .map((name) => ({ name, away: distance(given, name) }))
    .filter(({ name, away }) => away <= Math.max(2, Math.floor(name.length / 3)))
    .sort((one, other) => one.away - other.away);
  const [best] = near;
  return best === undefined ? '' : ` (did you mean ${best.name}?)`;
}

/** Which identity of a home is meant. */
import { wrong } from '../command/wrong.ts';
import { printable } from '../text/printable.ts';

/** An identity, by what people call it. */
export interface Named {
  readonly id: string;
  readonly name: string | null;
}

/**
 * By what was said with `--as`, or chosen, or the only one. An ID, its address, or a name that only one has.
 * @throws DimError `USAGE_ARGUMENT`
 */
export function chooseOwn<T extends Named>(given: string | undefined, own: readonly T[]): T {
  const [only, ...others] = own;
  if (only === undefined) throw wrong('this home has no identity yet: make one with `dim id new --name NAME`');
  if (given === undefined) {
    if (others.length === 0) return only;
    throw wrong('this home has several identities: say which with --as, or choose one with `dim id use ID`');
  }
  const exact = own.find(({ id }) => id === given || id.slice(id.indexOf('@') + 1) === given);
  if (exact !== undefined) return exact;
  const [named, ...alike] = own.filter(({ name }) => name === given);
  if (named === undefined) throw wrong(`${printable(given)} is no identity of this home: \`dim id list\` shows them`);
  if (alike.length > 0) throw wrong(`${printable(given)} is the name of several identities here: say the ID`);
  return named;
}

/** What was found, and what was wanted. */
import { isDeepStrictEqual } from 'node:util';

/** Holds each of what was found against what was wanted. @throws Error that names all that differ */
export function requireAll(found: Readonly<Record<string, unknown>>, wanted: Readonly<Record<string, unknown>>): void {
  const names = new Set([...Object.keys(found), ...Object.keys(wanted)]);
  const faults = [...names].flatMap((name) =>
    isDeepStrictEqual(found[name], wanted[name])
      ? []
      : [`${name}: ${JSON.stringify(found[name])} instead of ${JSON.stringify(wanted[name])}`],
  );
  if (faults.length > 0) throw new Error(faults.join('\n'));
}

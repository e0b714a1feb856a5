/** Names that stand for IDs (ANS). A name is case-sensitive, and the station's operator chooses whom it stands for. */
import { ANYONE, DimError, EVERYONE, FOUNDER, type ID } from 'dimp';
import { checkId } from 'dimp/internal';
import { requireMap } from 'dimsdk/internal';

const BUILT_IN: readonly (readonly [string, ID])[] = [
  ['all', EVERYONE],
  ['everyone', EVERYONE],
  ['anyone', ANYONE],
  ['owner', ANYONE],
  ['founder', FOUNDER],
];

/** What the station itself is called, and all of them: routing knows these, whatever a table of names says. */
const OF_STATIONS: ReadonlySet<string> = new Set(['station', 'stations']);

/** Whether a name is there already: nobody else can have it. */
export function isBuiltIn(name: string): boolean {
  return OF_STATIONS.has(name) || BUILT_IN.some(([known]) => known === name);
}

/** Whom names stand for. */
export class Names {
  readonly #names: ReadonlyMap<string, ID>;

  /** @throws DimError `USAGE_ARGUMENT` for what stands for nobody, and for names that are there already */
  constructor(given: Readonly<Record<string, ID>> = {}) {
    requireMap(given, 'names');
    for (const [name, id] of Object.entries(given)) {
      const path = `names.${name}`;
      if (isBuiltIn(name)) throw new DimError('USAGE_ARGUMENT', 'is there already', { path });
      checkId(id, path);
    }
    this.#names = new Map([...BUILT_IN, ...Object.entries(given)]);
  }

  /** Whether some name stands for a user. @param user `id.entityKey` */
  standsFor(user: string): boolean {
    return [...this.#names.values()].some(({ entityKey }) => entityKey === user);
  }

  of(name: string): ID | undefined {
    return this.#names.get(name);
  }
}

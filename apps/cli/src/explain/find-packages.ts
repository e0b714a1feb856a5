/** Messages in whatever they were handed over in, one after the other: no more is read than what is asked for. */
import type { DimError } from 'dimp';
import { unwrap, type Wrapping } from './unwrap.ts';

/** Which of them are wanted. */
export interface Wanted {
  /** How many are passed over first. */
  readonly skip: number;
  readonly take: number;
}

/** What was found. */
export interface FoundPackages {
  /** What the first was in, from the outside. */
  readonly wrappings: readonly Wrapping[];
  readonly packages: readonly Uint8Array[];
  /** How many come before them. */
  readonly skipped: number;
  /** How many come after them, up to {@link MAX_COUNTED}. */
  readonly more: number;
  /** What is wrong with the framing, behind what was found. */
  readonly fault?: DimError | undefined;
}

/** More are not counted: there may be millions. */
export const MAX_COUNTED = 1000;

/** One in another in another is enough. */
const MAX_DEPTH = 4;

/** Finds some of them. */
export function findPackages(bytes: Uint8Array, { skip, take }: Wanted): FoundPackages {
  const packages: Uint8Array[] = [];
  const walk: Walk = { wrappings: [], isFirst: true, fault: undefined };
  let [skipped, more] = [0, 0];
  for (const one of packagesIn(bytes, walk, [])) {
    if (skipped < skip) skipped++;
    else if (packages.length < take) packages.push(one);
    else if (++more === MAX_COUNTED) break;
  }
  return { wrappings: walk.wrappings, packages, skipped, more, fault: walk.fault };
}

/** What was seen on the way. */
interface Walk {
  wrappings: readonly Wrapping[];
  isFirst: boolean;
  fault: DimError | undefined;
}

function* packagesIn(bytes: Uint8Array, walk: Walk, path: readonly Wrapping[]): Generator<Uint8Array, void> {
  if (walk.isFirst) walk.wrappings = path;
  const inner = path.length === MAX_DEPTH ? undefined : unwrap(bytes);
  if (inner === undefined) {
    walk.isFirst = false;
    yield bytes;
    return;
  }
  for (const part of inner.parts) yield* packagesIn(part, walk, [...path, inner.wrapping]);
  if (walk.isFirst) walk.wrappings = [...path, inner.wrapping];
  walk.fault ??= inner.fault?.();
}

/** A row of the benchmark: one operation, and who does it. */
import type { Contender } from '../measuring/turns.ts';
import type { Fixtures } from '../people/fixtures.ts';
import type { Side } from '../people/people.ts';
import type { PythonOperation } from '../python/peer.ts';

/** A part of the bound's rate; on Node 20, which leaves more to JavaScript, it may be another one. */
export type Part = number | { readonly onNode20: number; readonly newer: number };

/** What a row must reach. */
export type Target =
  /** This part of the bound's rate once all code is compiled, and among the first messages of a process. */
  | { readonly ofBound: Part; readonly first?: Part }
  /** This many a second, or this many times the rate of the Python implementation where it runs beside. */
  | { readonly perSecond: number; readonly ofPython: number };

/** The names of contenders, as in the table's columns. */
export const OURS = 'ours';
export const PORTABLE = 'portable';
/** The same work by hand, with the checks that safety demands; what else it is, {@link Row.note} says. */
export const BOUND = 'bound';
/** The same work by hand, with no check. */
export const BARE = 'bare';

/** What every operation must be, beside the Python implementation. */
export const OF_PYTHON = 3;

/**
 * Three times the JavaScript SDK 2.0, which does not run beside: on one machine it did so many a second, and the bound
 * so many.
 */
export function thriceTheSdk(sdk: number, bound: number): number {
  return (3 * sdk) / bound;
}

/** The note of rows with no work to do by hand: their bound only tells how fast the machine is. */
export const PRIMITIVE = 'bound: one SHA-256 of 64 bytes';

/** The operation, and what it must reach. */
export interface Row {
  readonly name: string;
  /** What {@link OURS} must reach. */
  readonly target?: Target;
  /** What {@link PORTABLE} must reach, as a part of the bound's rate. Without it, it does not take part. */
  readonly portableTarget?: number;
  /** Where it has no part of the bound to reach: the part of the bound's rate under which `--guard` fails. */
  readonly floor?: number;
  /** The same for the Python implementation. */
  readonly python?: (fixtures: Fixtures) => PythonOperation;
  /** What the bound is, where it is not the same work by hand. */
  readonly note?: string;
  /** Whether only one version of Node need measure it. */
  readonly isAside?: boolean;
  contenders(side: Side, fixtures: Fixtures): Promise<readonly Contender[]>;
  /** Ends what the contenders have open. */
  close?(): Promise<void>;
}

/** The part on a version of Node. */
export function partOn(part: Part, major: number): number {
  if (typeof part === 'number') return part;
  return major <= 20 ? part.onNode20 : part.newer;
}

/** What `--guard` fails under: a third of the target, or the {@link Row.floor} that is given. */
export function floorOf({ floor, target }: Pick<Row, 'floor' | 'target'>, major: number): number | undefined {
  return floor ?? (target !== undefined && 'ofBound' in target ? partOn(target.ofBound, major) / 3 : undefined);
}

/** Fails the run: a rate of something wrong is worth nothing. */
export function assertSame(what: string, one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`${what} differs from what was made by hand`);
}

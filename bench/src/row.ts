/** A row of the benchmark: one operation, and who does it. */
import type { Contender } from './compare.ts';
import type { PythonOperation } from './python/peer.ts';

/** What a row must reach. */
export type Target =
  /** This part of the bound's rate. */
  | { readonly ofBound: number }
  /** This many a second, or this many times the rate of the Python implementation where it runs beside. */
  | { readonly perSecond: number; readonly ofPython?: number };

/** The names of contenders, as in the table's columns. */
export const OURS = 'ours';
export const PORTABLE = 'portable';
export const BOUND = 'bound';

/**
 * Three times the JavaScript SDK 2.0, which does not run beside: on one machine it did so many a second, and the bound
 * so many.
 */
export function thriceTheSdk(sdk: number, bound: number): number {
  return (3 * sdk) / bound;
}

/** The note of rows with no work to do by hand: their bound only tells how fast the machine is. */
export const PRIMITIVE = 'bound: one SHA-256 of 64 bytes';

export interface Row {
  readonly name: string;
  /** What {@link OURS} must reach. */
  readonly target?: Target;
  /**
   * The part of the bound's rate under which `--guard` fails; an eighth of the target, if there is one. What is ten times
   * slower than before is under it, and a busy machine is not.
   */
  readonly floor?: number;
  /** What {@link PORTABLE} must reach, as a part of the bound's rate. */
  readonly portableTarget?: number;
  /** The same for the Python implementation. */
  readonly python?: PythonOperation;
  /** What the bound is, where it is not the same work by hand. */
  readonly note?: string;
  contenders(): Promise<readonly Contender[]>;
  /** Ends what the contenders have open. */
  close?(): Promise<void>;
}

/** The {@link Row.floor} of a row, given or not. */
export function floorOf({ floor, target }: Pick<Row, 'floor' | 'target'>): number | undefined {
  return floor ?? (target !== undefined && 'ofBound' in target ? target.ofBound / 8 : undefined);
}

/** Fails the run: a rate of something wrong is worth nothing. */
export function assertSame(what: string, one: unknown, other: unknown): void {
  if (JSON.stringify(one) !== JSON.stringify(other)) throw new Error(`${what} differs from what was made by hand`);
}

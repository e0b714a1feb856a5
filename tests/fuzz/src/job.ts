/** What a worker is asked to do, and what it answers. */
import type { LoopResult } from './loop.ts';

export interface Job {
  readonly target: string;
  readonly seed: number;
  /** Whether coverage guides the search; without it, runs take less time. */
  readonly guided: boolean;
  readonly seconds: number;
  /** At least so many runs, whatever the time. */
  readonly runs: number;
  /** Directories of inputs to begin with. */
  readonly corpora: readonly string[];
  /** Inputs made from nothing. */
  readonly fresh: readonly Uint8Array[];
  /** Where new inputs of interest are kept; undefined to keep none. */
  readonly save: string | undefined;
  /** Where findings are written. */
  readonly findings: string;
  /** An input to run alone, in place of the loop. */
  readonly replay: Uint8Array | undefined;
  /** Whether to write the smallest corpus that reaches what all corpora reach. */
  readonly distill: boolean;
}

export interface Report extends LoopResult {
  /** Characters of code that were reached, and that there are. */
  readonly reached: { readonly characters: number; readonly of: number };
  /** Each finding, with the file of its input. */
  readonly findings: readonly { readonly message: string; readonly file: string }[];
}

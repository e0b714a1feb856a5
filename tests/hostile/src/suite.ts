/** A suite says how the inputs of one file go into the library: a few steps, one after the other. */
import type { HostileCase } from './case.ts';
import type { Fixtures } from './fixtures.ts';

/** What a suite gets of a case. */
export interface Subject {
  readonly vector: HostileCase;
  /** The value that the recipe stands for. */
  readonly input: unknown;
  /** Makes the value once more: some change when they are read. */
  readonly fresh: () => unknown;
  readonly fixtures: Fixtures;
}

/** One thing that is done with an input. It refuses with an error or with `false`. */
export interface Step {
  /** `parse`, `verify`, `decrypt`, `match`, `property`: what a case's `at` names. */
  readonly name: string;
  run(): unknown;
}

/** The steps for a case, in order. The first one gives the value that checks look into. */
export type Suite = (subject: Subject) => readonly Step[];

/** The answer of one step, known to be right or wrong whatever the case expects. */
export class SuiteFailure extends Error {}

/** A suite of one step. */
export function parsing(parse: (input: unknown, vector: HostileCase) => unknown): Suite {
  return ({ input, vector }) => [{ name: 'parse', run: () => parse(input, vector) }];
}

/** Each of these must refuse; what it throws then is the error of the first. Else the value of the one that accepts. */
export function onlyOneAccepts(readers: readonly (() => unknown)[], isRefusal: (error: unknown) => boolean): unknown {
  const accepted: unknown[] = [];
  const errors: unknown[] = [];
  for (const read of readers) {
    try {
      accepted.push(read());
    } catch (error) {
      if (!isRefusal(error)) throw error;
      errors.push(error);
    }
  }
  if (accepted.length > 1) throw new SuiteFailure('more than one kind of key reads this');
  if (accepted.length === 0) throw errors[0];
  return accepted[0];
}

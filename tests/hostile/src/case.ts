/** The cases of a file, as they stand there. `vectors/hostile/README.md` says what each field means. */
import { casesOf } from 'runner/case-files';

/** One hostile input, and what must come of it. */
export interface HostileCase {
  readonly name: string;
  readonly input: unknown;
  readonly expect: 'accept' | 'reject';
  readonly why?: string;
  /** The step that must fail, or up to which nothing may fail. */
  readonly at?: string;
  /** Where in the input the error must point to. */
  readonly path?: string;
  /** The error's code. */
  readonly code?: string;
  readonly check?: string | readonly string[];
  /** Either answer will do, as long as nothing breaks. */
  readonly policy?: boolean;
  /** Needs much memory. */
  readonly heavy?: boolean;
}

/**
 * The cases of a file's content.
 * @throws Error when it is no such file
 */
export function readCases(file: unknown): readonly HostileCase[] {
  return casesOf(file).map((entry, index) => {
    if (!isCase(entry)) throw new Error(`case ${index} has no name, or expects neither accept nor reject`);
    return entry;
  });
}

/** What is checked of a case beside its answer. */
export function checksOf({ check = [] }: HostileCase): readonly string[] {
  return typeof check === 'string' ? [check] : check;
}

function isCase(entry: object): entry is HostileCase {
  const { name, expect } = entry as Partial<HostileCase>;
  return typeof name === 'string' && (expect === 'accept' || expect === 'reject');
}

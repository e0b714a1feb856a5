/** Runs one case and says what is wrong with what came of it. */
import { faultsOf, isDimError } from 'runner/error-rules';
import { sharedPollution } from 'runner/pollution';
import { checksOf, type HostileCase } from './case.ts';
import { runCheck } from './checks/checks.ts';
import type { Fixtures } from './fixtures.ts';
import { HeapMeter } from './heap.ts';
import { makeInput, makePackage } from './recipes.ts';
import { createProbes, type Probes } from './recipes/probes.ts';
import { sizeOfInput } from './recipes/recipe-size.ts';
import { reveals, textsOf } from './secrets.ts';
import { SuiteFailure, type Step, type Suite } from './suite.ts';

/** How long a case may keep a processor busy, in milliseconds. */
export const TIME_LIMIT = { light: 1_000, heavy: 10_000 } as const;

/** What came of a case. */
export interface Verdict {
  /** What is wrong; empty when all is well. */
  readonly faults: readonly string[];
  /** `accepted`, or the code and the path of the refusal. */
  readonly outcome: string;
  readonly milliseconds: number;
}

/** A suite, and what is made of the inputs of its file. */
export interface CaseRunner {
  readonly suite: Suite;
  readonly isPackage?: boolean;
}

/** What the steps came to. */
interface Answer {
  /** The step that refused; undefined when none did. */
  readonly refusedAt?: string;
  /** Why: undefined for an honest `false`. */
  readonly error?: unknown;
  /** What the first step gave. */
  readonly value: unknown;
}

/**
 * Runs a case.
 * @param onStart called when the input is made and the time runs
 */
export async function judgeCase(
  vector: HostileCase,
  runner: CaseRunner,
  fixtures: Fixtures,
  onStart: () => void = () => {},
): Promise<Verdict> {
  const make = (probes?: Probes) => (runner.isPackage ? makePackage : makeInput)(vector.input, probes);
  const probes = createProbes();
  let input: unknown;
  let steps: readonly Step[];
  const heap = new HeapMeter(sizeOfInput(vector.input));
  try {
    input = make(probes);
    steps = runner.suite({ vector, input, fresh: () => make(), fixtures });
  } catch (error) {
    return { faults: [`not run: ${String(error)}`], outcome: 'not run', milliseconds: 0 };
  }
  onStart();
  const [start, busy] = [performance.now(), process.cpuUsage()];
  const answer = await answerOf(vector, steps);
  const { user, system } = process.cpuUsage(busy);
  // The machine may do other things too, and collecting garbage may take more than one processor.
  const milliseconds = Math.min(performance.now() - start, (user + system) / 1000);
  const faults = [
    ...timeFaults(vector, milliseconds),
    ...heap.faults(),
    ...sharedPollution(),
    ...answerFaults(vector, answer, fixtures),
    ...checksOf(vector).flatMap((name) => runCheck(name, { input, probes, value: answer.value })),
  ];
  return { faults, outcome: describe(answer), milliseconds };
}

/** Runs the steps up to the one that counts; then the others, which may refuse but must not break. */
async function answerOf(vector: HostileCase, steps: readonly Step[]): Promise<Answer> {
  const last = lastStep(vector, steps);
  if (last === -1) throwUnknownStep(vector);
  let value: unknown;
  for (const [index, step] of steps.entries()) {
    try {
      const given = await step.run();
      if (index === 0) value = given;
      if (given !== false) continue;
      if (index <= last) return { refusedAt: step.name, value };
    } catch (error) {
      if (index <= last || !isDimError(error) || error.code.startsWith('INTERNAL_')) {
        return { refusedAt: step.name, error, value };
      }
    }
    // Refused where it does not count any more.
    break;
  }
  return { value };
}

/** Controls must come through whole; anything else is judged by its first step, unless it says so. */
function lastStep({ at, name, expect }: HostileCase, steps: readonly Step[]): number {
  if (at !== undefined) return steps.findIndex((step) => step.name === at);
  return expect === 'accept' && name.startsWith('control') ? steps.length - 1 : 0;
}

function throwUnknownStep({ at }: HostileCase): never {
  throw new SuiteFailure(`this runner has no step ${at ?? ''} for such inputs`);
}

function timeFaults({ heavy }: HostileCase, milliseconds: number): readonly string[] {
  const limit = heavy === true ? TIME_LIMIT.heavy : TIME_LIMIT.light;
  return milliseconds <= limit ? [] : [`it took ${Math.round(milliseconds)} ms`];
}

function answerFaults(vector: HostileCase, answer: Answer, fixtures: Fixtures): readonly string[] {
  const { refusedAt, error } = answer;
  if (error instanceof SuiteFailure) return [error.message];
  const faults: string[] = [];
  if (error !== undefined) {
    faults.push(...faultsOf(error));
    if (reveals(error, [...textsOf(vector.input), ...textsOf(fixtures)])) faults.push('the error repeats its input');
  }
  // Either answer will do then.
  if (vector.policy === true) return faults;
  const expected = `${vector.expect}${vector.at === undefined ? '' : ` at ${vector.at}`}`;
  if ((vector.expect === 'reject') !== (refusedAt !== undefined)) {
    faults.push(`expected ${expected}, came ${describe(answer)}`);
  } else if (isDimError(error)) {
    const { code = error.code } = vector;
    if (error.code !== code) faults.push(`expected ${code}, came ${describe(answer)}`);
    const path = pathOf(vector);
    if (!pointsTo(path, error.path)) faults.push(`expected an error at ${path}, came ${describe(answer)}`);
  }
  return faults;
}

/** Where the error must point to, as the case says or its name tells. */
function pathOf({ path, name }: HostileCase): string | undefined {
  return path ?? /^field (\w+):/.exec(name)?.[1];
}

function pointsTo(expected: string | undefined, path: string): boolean {
  if (expected === undefined || path === expected) return true;
  return path.startsWith(`${expected}.`) || path.startsWith(`${expected}[`);
}

function describe({ refusedAt, error }: Answer): string {
  if (refusedAt === undefined) return 'accepted';
  if (error === undefined) return `false at ${refusedAt}`;
  if (isDimError(error))
    return `${error.code} at ${refusedAt}${error.path === '' ? '' : ` (${error.path.slice(0, 80)})`}`;
  return error instanceof Error ? `${error.name} at ${refusedAt}` : `something thrown at ${refusedAt}`;
}

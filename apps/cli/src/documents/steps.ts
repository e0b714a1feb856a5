/** What was checked, step by step: each one holds, or does not, or cannot be told here. */
import { isDimError, type Awaitable, type DimError, type JsonMap } from 'dimp';
import type { Result } from '../command/call.ts';
import { EXIT, exitCodeOf } from '../command/exit-codes.ts';
import { printable } from '../text/printable.ts';

/** One of them. */
interface Step {
  readonly step: string;
  readonly holds: boolean;
  /** What was found, or what is wrong. */
  readonly says: string;
  /** Of the error. */
  readonly code: string | null;
  readonly outcome: Outcome;
}

/** As in explanations of messages; unknown where it could not be told, for want of a meta say. */
type Outcome = 'good' | 'bad' | 'unknown';

const MARKS: Readonly<Record<Outcome, string>> = { good: 'ok', bad: 'NO', unknown: '--' };

/** The family of what others have, and is not here. */
const MISSING = 'MISSING_';

/** Longest text of a step. */
const MAX_LENGTH = 500;

/** Takes steps, whatever comes of each. */
export class Steps {
  readonly #steps: Step[] = [];

  /** @returns what the step is to give; undefined where it does not hold */
  async take<T>(
    step: string,
    action: () => Awaitable<{ readonly value: T; readonly says: string }>,
  ): Promise<T | undefined> {
    try {
      const { value, says } = await action();
      this.#steps.push({ step, holds: true, says, code: null, outcome: 'good' });
      return value;
    } catch (error) {
      if (!isDimError(error)) throw error;
      const { code, path, reason } = error;
      const outcome = code.startsWith(MISSING) ? 'unknown' : 'bad';
      this.#steps.push({ step, holds: false, says: path === '' ? reason : `${path}: ${reason}`, code, outcome });
      return undefined;
    }
  }

  /** A step that cannot be taken, as what it is about was not given. */
  miss(step: string, { code, reason }: DimError): undefined {
    this.#steps.push({ step, holds: false, says: reason, code, outcome: 'unknown' });
  }

  /**
   * The documented shape: `{ id, holds, steps: [{ step, holds, says, code, outcome }] }`. It ends as the first step that does not hold, or
   * else as the first that could not be told.
   */
  result(id: string | undefined): Result {
    const failed =
      this.#steps.find(({ outcome }) => outcome === 'bad') ?? this.#steps.find(({ outcome }) => outcome === 'unknown');
    const json: JsonMap = {
      id: id ?? null,
      holds: failed === undefined,
      steps: this.#steps.map((step) => ({ ...step })),
    };
    const width = Math.max(...this.#steps.map(({ step }) => step.length));
    const lines = this.#steps.map(
      ({ step, outcome, says }) =>
        `${MARKS[outcome]}  ${printable(step).padEnd(Math.min(width, MAX_WIDTH))}  ${printable(says, MAX_LENGTH)}`,
    );
    const verdict = VERDICTS[failed?.outcome ?? 'good'];
    const exitCode = failed?.code === undefined || failed.code === null ? EXIT.done : exitCodeOf(failed.code);
    return { json, text: [...lines, verdict].join('\n'), exitCode };
  }
}

const MAX_WIDTH = 24;

const VERDICTS: Readonly<Record<Outcome, string>> = {
  good: 'All of it holds.',
  bad: 'It does not hold.',
  unknown: 'Whether all of it holds cannot be told here.',
};

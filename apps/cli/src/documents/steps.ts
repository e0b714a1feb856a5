/** What was checked, step by step: each one holds or does not. */
import { isDimError, type Awaitable, type JsonMap } from 'dimp';
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
}

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
      this.#steps.push({ step, holds: true, says, code: null });
      return value;
    } catch (error) {
      if (!isDimError(error)) throw error;
      const { code, path, reason } = error;
      this.#steps.push({ step, holds: false, says: path === '' ? reason : `${path}: ${reason}`, code });
      return undefined;
    }
  }

  /** The documented shape: `{ id, holds, steps: [{ step, holds, says, code }] }`. It ends as the first step that does not hold. */
  result(id: string | undefined): Result {
    const failed = this.#steps.find(({ holds }) => !holds);
    const json: JsonMap = {
      id: id ?? null,
      holds: failed === undefined,
      steps: this.#steps.map((step) => ({ ...step })),
    };
    const width = Math.max(...this.#steps.map(({ step }) => step.length));
    const lines = this.#steps.map(
      ({ step, holds, says }) =>
        `${holds ? 'ok' : 'NO'}  ${printable(step).padEnd(Math.min(width, MAX_WIDTH))}  ${printable(says, MAX_LENGTH)}`,
    );
    const verdict = failed === undefined ? 'All of it holds.' : 'It does not hold.';
    const exitCode = failed?.code === undefined || failed.code === null ? EXIT.done : exitCodeOf(failed.code);
    return { json, text: [...lines, verdict].join('\n'), exitCode };
  }
}

const MAX_WIDTH = 24;

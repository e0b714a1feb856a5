/** What came of checking a plugin: a list that any test runner can assert on. */
import { isDimError } from 'dkd';
import { typeName } from 'dkd/extend';

/** One expectation of the core that a plugin did not meet. */
export interface ContractFailure {
  /** What the core relies on. */
  readonly expectation: string;
  readonly reason: string;
}

/** The outcome of a contract test. */
export interface ContractReport {
  /** The expectations that were checked. */
  readonly checked: readonly string[];
  readonly failures: readonly ContractFailure[];
}

/**
 * Throws when a plugin did not meet its contract, with each failure on a line.
 *
 * @example
 * ```ts
 * import { assertContract, checkKeyAlgorithm } from 'dimp/testkit';
 * import { eccAlgorithm, platformBackend } from 'dimplugins';
 *
 * assertContract(await checkKeyAlgorithm(eccAlgorithm(platformBackend)));
 * ```
 */
export function assertContract({ failures }: ContractReport): void {
  if (failures.length === 0) return;
  throw new Error(failures.map(({ expectation, reason }) => `${expectation}: ${reason}`).join('\n'));
}

/** What a check found: true where all is right, or what is wrong, in words where there are any. */
export type Verdict = boolean | string;

/** Collects expectations while a contract is checked. */
export class Contract {
  readonly #checked: string[] = [];
  readonly #failures: ContractFailure[] = [];

  /** Something that must be true; whatever the check throws is a failure too. */
  async expect(expectation: string, check: () => Verdict | PromiseLike<Verdict>): Promise<void> {
    this.#checked.push(expectation);
    try {
      const verdict = await check();
      if (verdict !== true) this.#failures.push({ expectation, reason: verdict || 'it is not so' });
    } catch (error) {
      this.#failures.push({ expectation, reason: `it threw ${nameOf(error)}` });
    }
  }

  /** Something that must work, as other expectations need what it gives: undefined where it did not. */
  async obtain<T>(expectation: string, get: () => T | PromiseLike<T>): Promise<T | undefined> {
    let value: T | undefined;
    await this.expect(expectation, async () => {
      value = await get();
      return true;
    });
    return value;
  }

  /** Something that may succeed or be refused, but only with a DimError. */
  async expectOnlyDimErrors(expectation: string, action: () => unknown): Promise<void> {
    await this.expect(expectation, async () => {
      await refusal(action);
      return true;
    });
  }

  report(): ContractReport {
    return { checked: this.#checked, failures: this.#failures };
  }
}

/** How an action ends: accepted, or refused with a DimError. Other errors are not for callers and come through. */
export async function refusal(action: () => unknown): Promise<'accepted' | 'refused'> {
  try {
    await action();
    return 'accepted';
  } catch (error) {
    if (isDimError(error)) return 'refused';
    throw error;
  }
}

/** An error in a line. */
export function nameOf(error: unknown): string {
  if (isDimError(error)) return error.message;
  return error instanceof Error ? `${error.name}: ${error.message}` : typeName(error);
}

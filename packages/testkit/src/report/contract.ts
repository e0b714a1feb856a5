/** Collects what came of each rule while a contract is checked. */
import { isDimError, type Awaitable, type DimError } from 'mkm';
import type { ContractFailure, ContractReport } from './contract-report.ts';
import { outcomeOf, thrownBy } from './outcome.ts';
import { Secrets } from './secrets.ts';
import { errorForm } from './short-form.ts';
import { verdict, type Verdict } from './verdict.ts';

/** One run of a contract. */
export class Contract {
  readonly #subject: string;
  readonly #checked: string[] = [];
  readonly #failures: ContractFailure[] = [];
  readonly #secrets = new Secrets();

  /** @param subject what is checked: `key algorithm RSA` */
  constructor(subject: string) {
    this.#subject = subject;
  }

  /** A rule, and the check of it. Whatever the check throws breaks the rule, too. */
  async rule(where: string, rule: string, check: () => Awaitable<Verdict>): Promise<void> {
    this.#checked.push(rule);
    let found: Verdict;
    try {
      found = await check();
    } catch (error) {
      found = { expected: 'no error', received: errorForm(thrownBy(error)) };
    }
    if (found === true) return;
    const { expected, received } = found;
    this.#failures.push({
      rule,
      where,
      expected: this.#secrets.hide(expected),
      received: this.#secrets.hide(received),
    });
  }

  /** What other rules need: undefined where there is none, and then those are not checked. */
  async obtain<T>(where: string, rule: string, get: () => Awaitable<T>): Promise<T | undefined> {
    let value: T | undefined;
    await this.rule(where, rule, async () => {
      value = await get();
      return verdict(value !== undefined && value !== null, 'a value', String(value));
    });
    return value ?? undefined;
  }

  /**
   * An action that may give anything, or refuse with a DimError: with nothing else, as that would blame the definition for
   * what a peer wrote.
   * @param check what a refusal must say beside that
   */
  async onlyDimErrors(
    where: string,
    rule: string,
    action: () => unknown,
    check: (refusal: DimError) => Verdict = () => true,
  ): Promise<void> {
    await this.rule(where, rule, async () => {
      const outcome = await outcomeOf(action);
      if (outcome.ended === 'given') return true;
      if (outcome.ended === 'refused') return check(outcome.error);
      // One that blames the caller or the library is no answer to what a peer wrote.
      const wanted = isDimError(outcome.error) ? 'a DimError INPUT_… or another that blames the input' : 'a DimError';
      return { expected: `${wanted}, or no error`, received: errorForm(outcome.error) };
    });
  }

  /** Keeps the texts of a private key's map out of the report. */
  keepSecret(fields: object): void {
    this.#secrets.add(fields);
  }

  report(): ContractReport {
    return { subject: this.#subject, checked: this.#checked, failures: this.#failures };
  }
}

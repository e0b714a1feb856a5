/** What came of checking a definition or a store: a list that any test runner can show. */

/** One rule that was not kept. */
export interface ContractFailure {
  /** The rule, in words: what the core relies on. */
  readonly rule: string;
  /** What is at fault: `publicKey.read`, `parse`, `commit`, the property of a class. */
  readonly where: string;
  readonly expected: string;
  /** What came in its place: a value in short, or the error that was thrown. Never key material. */
  readonly received: string;
}

/** The outcome of a contract test. */
export interface ContractReport {
  /** What was checked: `key algorithm RSA`. */
  readonly subject: string;
  /** The rules that were checked. */
  readonly checked: readonly string[];
  /** Those that were not kept. */
  readonly failures: readonly ContractFailure[];
}

/**
 * What {@link assertContract} throws: its message says all of what is wrong.
 *
 * @example
 * ```ts
 * import { assertContract, ContractError, type ContractReport } from 'dimtestkit';
 *
 * function brokenRules(report: ContractReport): readonly string[] {
 *   try {
 *     assertContract(report);
 *   } catch (error) {
 *     if (error instanceof ContractError) return error.report.failures.map(({ rule }) => rule);
 *   }
 *   return [];
 * }
 * ```
 */
export class ContractError extends Error {
  override readonly name = 'ContractError';
  readonly report: ContractReport;

  constructor(report: ContractReport) {
    super(textOf(report));
    this.report = report;
  }
}

/**
 * Throws when a rule was not kept, and says of each what was expected, what came instead, and where. Any test runner shows
 * the message of an error.
 *
 * @example
 * ```ts
 * import { assertContract, checkKeyAlgorithm } from 'dimtestkit';
 * import { eccAlgorithm } from 'dimplugins';
 *
 * assertContract(await checkKeyAlgorithm(eccAlgorithm()));
 * ```
 * @throws ContractError
 */
export function assertContract(report: ContractReport): void {
  if (report.failures.length > 0) throw new ContractError(report);
}

function textOf({ subject, checked, failures }: ContractReport): string {
  const rules = failures.map(
    ({ rule, where, expected, received }, index) =>
      `${index + 1}. ${rule}\n   where:    ${where}\n   expected: ${expected}\n   received: ${received}`,
  );
  return [`${subject} breaks ${failures.length} of ${checked.length} rules`, ...rules].join('\n\n');
}

/** Definitions with something wrong in them, and what their contracts say of it. */
import { expect, test } from '@jest/globals';
import type { ContractFailure, ContractReport } from '../src/index.ts';

/** A definition that is wrong, and the rule that it breaks. */
export interface Wrong<D> {
  readonly what: string;
  readonly definition: D;
  /** How the rule begins; several where it breaks more than one. */
  readonly rules: readonly string[];
  readonly received?: string;
}

/** The object with some of its properties replaced: also one of a class with private fields. */
export function spoiled<T extends object>(object: T, changes: { readonly [name: string]: unknown }): T {
  return new Proxy(object, {
    get(target, name) {
      const value: unknown = Object.hasOwn(changes, name)
        ? changes[name as keyof typeof changes]
        : Reflect.get(target, name, target);
      return typeof value === 'function' ? (value.bind(target) as unknown) : value;
    },
  });
}

/**
 * Tests that each of the definitions breaks its rules; and that no rule of a contract is kept by all of them.
 * @param sound definitions that the rules are asked of
 * @param elsewhere how those rules begin that other tests break
 */
export function testWrong<D>(
  wrong: readonly Wrong<D>[],
  check: (definition: D) => Promise<ContractReport>,
  sound: readonly D[],
  elsewhere: readonly string[] = [],
): void {
  const broken = new Set<string>();
  test.each(wrong)('tells of $what', async ({ definition, rules, received }) => {
    const { failures } = await check(definition);
    for (const { rule } of failures) broken.add(kindOf(rule));
    for (const rule of rules) {
      const failure = failures.find((each) => each.rule.startsWith(rule));
      expect([rule, failure?.rule.startsWith(rule)]).toEqual([rule, true]);
      expect(isComplete(failure)).toBe(true);
      expect(failure?.received).toBe(received ?? failure?.received);
    }
  });

  test('each rule is broken by a wrong one', async () => {
    const reports = await Promise.all(sound.map(check));
    const kinds = new Set(reports.flatMap(({ checked }) => checked.map(kindOf)));
    expect([...kinds].filter((kind) => !broken.has(kind) && !elsewhere.some((rule) => kind.startsWith(rule)))).toEqual(
      [],
    );
  });
}

/** A rule without what differs from sample to sample. */
function kindOf(rule: string): string {
  return rule
    .replace(/^reading \{.*?\} as/, 'reading MAP as')
    .replace(/ (with|without|of) (\S+|a \S+)( = .*?)?( byte| more)*( changed)? (ends|does)/, ' damaged $6')
    .replace(/half of its \S+/, 'half of its FIELD')
    .replaceAll(/\d+/g, 'N');
}

function isComplete(failure: ContractFailure | undefined): boolean {
  return failure !== undefined && Object.values(failure).every((text) => text !== '');
}

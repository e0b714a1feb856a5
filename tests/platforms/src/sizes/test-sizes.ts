/** Whether every application stays within its budget. */
import type { Report } from '../report.ts';
import { BUDGETS, type Budget } from './budget.ts';
import { measureSize, type Size } from './measure-size.ts';

/** Runs the tests. What is too large is said package by package. */
export async function testSizes(application: string, report: Report): Promise<void> {
  report.title('sizes: minified, gzip');
  for (const budget of BUDGETS) {
    await report.check(budget.entry, async () => check(budget, await measureSize(application, budget.entry)));
  }
}

function check({ goal, limit = goal, without }: Budget, size: Size): string {
  const summary = `${size.gzip} bytes${goal === undefined ? '' : ` of ${goal}`}`;
  const filling = [...size.packages].map(([name, bytes]) => `${name} ${bytes}`).join(', ');
  if (limit !== undefined && size.gzip > limit) throw new Error(`${summary}\nminified: ${filling}`);
  const unwanted = without === undefined ? [] : size.files.filter((path) => without.test(path));
  if (unwanted.length > 0) throw new Error(`it has ${unwanted.join(', ')}`);
  return goal !== undefined && size.gzip > goal ? `${summary}: more than it shall have` : summary;
}

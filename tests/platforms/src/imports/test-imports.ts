/** Importing the packages on Node takes no longer than the budget. */
import type { Report } from '../report.ts';
import { measureImportTimes, type Imported } from './import-time.ts';

/**
 * What an import shall take at most, in milliseconds, and from where on the test fails. Machines do not make an empty script
 * and a large one slower in the same measure, so the limit is half more than what a quiet machine takes.
 */
interface ImportBudget {
  readonly imported: Imported;
  readonly name: string;
  readonly goal: number;
  readonly limit: number;
}

const BUDGETS: readonly ImportBudget[] = [
  { imported: 'core', name: 'dimp and dimplugins', goal: 40, limit: 60 },
  { imported: 'client', name: 'and dimsdk', goal: 56, limit: 84 },
  { imported: 'nodeClient', name: 'and dimsdk/node', goal: 62, limit: 93 },
];

/** Runs the tests. */
export async function testImports(application: string, report: Report): Promise<void> {
  report.title('importing on Node');
  const times = await measureImportTimes(
    application,
    BUDGETS.map(({ imported }) => imported),
  );
  const over = ({ full, empty }: { readonly full: number; readonly empty: number }): number => full - empty;
  for (const { imported, name, goal, limit } of BUDGETS) {
    await report.check(name, () => {
      const time = times[imported];
      const ratio = (over(time) / over(times.core)).toFixed(2);
      const summary = `${over(time).toFixed(0)} ms over an empty script's ${time.empty.toFixed(0)} ms, scaled: ${time.scaled.toFixed(0)} ms; ${ratio} of the first`;
      // So it is too where there was nothing to measure.
      if (!(time.scaled <= limit)) throw new Error(summary);
      return time.scaled > goal ? `${summary}, more than it shall take` : summary;
    });
  }
}

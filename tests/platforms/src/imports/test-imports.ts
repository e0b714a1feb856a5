/** Importing the packages on Node takes no longer than the budget. */
import type { Report } from '../report.ts';
import { measureImportTime } from './import-time.ts';

/** What it shall take at most, in milliseconds. */
const GOAL = 40;
/** From here on the test fails: the same packages differ by some milliseconds from run to run. */
const LIMIT = 45;

/** Runs the test. */
export async function testImports(application: string, report: Report): Promise<void> {
  report.title('importing on Node');
  await report.check('dimp and dimplugins', async () => {
    const { empty, full, scaled } = await measureImportTime(application);
    const summary = `${(full - empty).toFixed(0)} ms over an empty script's ${empty.toFixed(0)} ms, scaled: ${scaled.toFixed(0)} ms`;
    if (scaled > LIMIT) throw new Error(summary);
    return scaled > GOAL ? `${summary}, more than it shall take` : summary;
  });
}

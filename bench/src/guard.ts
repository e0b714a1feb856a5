/** What CI runs: whether anything is far slower than it should be, on the version of Node that runs it. */
import { UsageError } from 'runner/usage-error';
import { SHORT } from './measuring/effort.ts';
import { measureIn } from './measuring/task.ts';
import type { Rates } from './measuring/turns.ts';
import { writeFixtures } from './people/fixtures.ts';
import { majorOf } from './report/results.ts';
import { BOUND, floorOf, OURS, type Row } from './rows/row.ts';

const MEMBERS = 100;

/** Prints each ratio. @returns whether none is under its floor */
export async function guard(rows: readonly Row[]): Promise<boolean> {
  const major = majorOf(process.version);
  const chosen = rows.filter((row) => floorOf(row, major) !== undefined);
  // That nothing was measured shall not look as if nothing was slow.
  if (chosen.length === 0) throw new UsageError('--guard: none of the rows that --only chooses has a target');
  const fixtures = await writeFixtures(MEMBERS);
  let slow = 0;
  for (const row of chosen) {
    const floor = floorOf(row, major) ?? Number.NaN;
    const task = { measure: 'warm', row: row.name, side: 'ours' } as const;
    const rates = await measureIn<Rates>(process.execPath, { task, quick: true, effort: SHORT, fixtures });
    const ratio = (rates[OURS] ?? Number.NaN) / (rates[BOUND] ?? Number.NaN);
    const isSlow = !(ratio >= floor);
    if (isSlow) slow++;
    console.log(
      `${isSlow ? 'SLOW' : 'ok  '} ${row.name}: ${ratio.toPrecision(2)} of the bound, at least ${floor.toPrecision(2)}`,
    );
  }
  console.log(`${slow} too slow`);
  return slow === 0;
}

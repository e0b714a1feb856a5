/** What is bounded: read marks as a window in memory has them, strangers, message keys. */
import type { Page } from 'playwright-core';
import type { PageStores } from '../app/store-page.ts';
import type { Report } from '../report.ts';
import { requireAll } from './require-all.ts';

declare const stores: PageStores;

/** Steps by chance for each seed. */
const STEPS = 200;

export async function testMarks(report: Report, page: Page): Promise<void> {
  await report.check('read marks', async () => {
    const seeds = [1, 2, newSeed()];
    const counts: Record<string, number> = {};
    for (const seed of seeds)
      add(counts, await page.evaluate(([by, steps]) => stores.compareMarks(by, steps), [seed, STEPS] as const));
    requireEach(counts, ['none', 'new', 'read', 'forgotten', 'early']);
    return `as a window in memory, seeds ${seeds.join(', ')}: ${JSON.stringify(counts)}`;
  });
  await report.check('read marks, wrong clock', async () => {
    const seeds = [1, 2, newSeed()];
    const counts: Record<string, number> = {};
    for (const seed of seeds)
      add(counts, await page.evaluate((by) => stores.compareMarksAfterWrongClock(by, 60), seed));
    requireEach(counts, ['none', 'new', 'read', 'forgotten', 'early']);
    return `seeds ${seeds.join(', ')}: ${JSON.stringify(counts)}`;
  });
  await report.check('strangers', async () => {
    requireAll(await page.evaluate(() => stores.checkBounds()), {
      // The contact, and the last three.
      few: 'ADEF',
      'at once': 'ADEF',
      short: 'AF',
      heard: 'BEF',
      received: 'EF',
      sent: 'EF',
      moved: 'BEF',
    });
  });
}

function newSeed(): number {
  return Math.floor(Math.random() * 2 ** 31);
}

function add(sum: Record<string, number>, counts: Readonly<Record<string, number>>): void {
  for (const [name, count] of Object.entries(counts)) sum[name] = (sum[name] ?? 0) + count;
}

/** A run that met nothing of a kind has shown nothing of it. */
function requireEach(counts: Readonly<Record<string, number>>, names: readonly string[]): void {
  const missing = names.filter((name) => counts[name] === undefined);
  if (missing.length > 0) throw new Error(`there was nothing ${missing.join(', ')}: ${JSON.stringify(counts)}`);
}

/** A page that ends in the middle of its commits: what it was told of is there, and nothing is there in part. */
import type { Page } from 'playwright-core';
import type { PageStores } from '../app/store-page.ts';
import type { Report } from '../report.ts';
import { ENDS } from './ends.ts';
import type { TestPages } from './test-browser-store.ts';

declare const stores: PageStores;

const ROUNDS = 5;

export async function testCrashes(report: Report, pages: TestPages): Promise<void> {
  for (const [name, end] of Object.entries(ENDS))
    await report.check(`${name}, in its commits`, async () => {
      const kept: number[] = [];
      for (let round = 0; round < ROUNDS; round++) kept.push(await endOne(pages, `${name} ${round}`, end, round));
      return `kept: ${kept.join(', ')} commits`;
    });
}

/** @returns how many commits are there after the end */
async function endOne(
  { open }: TestPages,
  name: string,
  end: (page: Page) => Promise<void>,
  round: number,
): Promise<number> {
  const page = await open();
  let told = -1;
  let reached: () => void = () => undefined;
  const enough = new Promise<void>((resolve) => (reached = resolve));
  page.on('console', (message) => {
    const [, number] = /^kept (\d+)$/.exec(message.text()) ?? [];
    if (number === undefined) return;
    told = Number(number);
    if (told >= 10 + 7 * round) reached();
  });
  // It ends with the page.
  page.evaluate((store) => stores.commitForever(store), name).catch(() => undefined);
  await enough;
  await end(page);
  const other = await open();
  const numbers = await other.evaluate((store) => stores.keptCommits(store), name);
  await other.close();
  const missing = Array.from({ length: told + 1 }, (_, number) => number).filter((number) => !numbers.includes(number));
  if (missing.length > 0) throw new Error(`round ${round}: told of ${told + 1} commits, missing ${missing.join(', ')}`);
  return numbers.length;
}

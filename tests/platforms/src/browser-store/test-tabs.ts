/** Several tabs and workers over one database. */
import type { Page } from 'playwright-core';
import type { PageStores } from '../app/store-page.ts';
import type { Report } from '../report.ts';
import { ENDS } from './ends.ts';
import { requireAll } from './require-all.ts';
import type { TestPages } from './test-browser-store.ts';

declare const stores: PageStores;

const MESSAGES = 200;

export async function testTabs(report: Report, page: Page, { open }: TestPages): Promise<void> {
  const other = await open();
  await report.check('two tabs, the same messages', async () => {
    const self = await page.evaluate(() => stores.createOwner('mail'));
    const mail = await page.evaluate(([card, count]) => stores.writeMail(card, count), [self, MESSAGES] as const);
    const outcomes = await Promise.all(
      [page, other].map(async (tab) =>
        tab.evaluate(([card, letters]) => stores.openMail('mail', card, letters), [self, mail] as const),
      ),
    );
    const read = outcomes.flatMap((outcome) => outcome.read);
    const refused = outcomes.flatMap((outcome) => outcome.refused);
    requireAll(
      { read: read.length, each: new Set(read).size, refused: refused.length, by: [...new Set(refused)] },
      { read: MESSAGES, each: MESSAGES, refused: MESSAGES, by: ['INPUT_REPLAY'] },
    );
    return `each read once: ${outcomes.map((outcome) => outcome.read.length).join(' and ')}`;
  });
  await report.check('two tabs, rows at once', async () => {
    const claims = await Promise.all(
      [page, other].map(async (tab, index) =>
        tab.evaluate((by) => stores.claimRows('rows', by, { count: 100, tabs: 2 }), `tab ${index}`),
      ),
    );
    await requireClaims(page, 'rows', claims, ['tab 0', 'tab 1'], 100);
    return `claimed: ${claims.map(({ length }) => length).join(' and ')}`;
  });
  await report.check('two tabs, one after the other', async () => {
    const counts = await Promise.all(
      [page, other].map(async (tab) => tab.evaluate(() => stores.countUp('count', { count: 100, tabs: 2 }))),
    );
    requireAll({ last: Math.max(...counts) }, { last: 200 });
  });
  for (const [name, end] of Object.entries(ENDS))
    await report.check(`${name}, in its turn`, async () => {
      const third = await open();
      await third.evaluate((turn) => stores.holdTurn(turn), name);
      const taken = other.evaluate((turn) => stores.takeTurn(turn), name);
      // A function that gives a promise is no condition to wait for: a promise is true.
      const before = await page.evaluate(async (turn) => {
        for (;;) {
          const turns = await stores.turnsOf(turn);
          if (turns.pending === 1) return turns;
          await new Promise((resolve) => {
            setTimeout(resolve, 10);
          });
        }
      }, name);
      await end(third);
      requireAll({ ...before, taken: await taken }, { held: 1, pending: 1, taken: 'taken' });
    });
  await report.check('a page, a worker, a service worker', async () => {
    const claims = await page.evaluate(async () =>
      Promise.all([
        stores.claimRows('worker', 'page', { count: 50, tabs: 3 }),
        stores.askWorker('claims'),
        stores.askServiceWorker('claims'),
      ]),
    );
    await requireClaims(page, 'worker', claims, ['page', 'worker'], 50);
    const counts = await page.evaluate(async () =>
      Promise.all([
        stores.countUp('worker', { count: 50, tabs: 3 }),
        stores.askWorker('count'),
        stores.askServiceWorker('count'),
      ]),
    );
    requireAll({ last: Math.max(...counts) }, { last: 150 });
    return `claimed: ${claims.map(({ length }) => length).join(', ')}`;
  });
  await other.close();
}

/** Each number was claimed once, and of commits that lost nothing was kept. */
async function requireClaims(
  page: Page,
  name: string,
  claims: readonly (readonly number[])[],
  tabs: readonly string[],
  count: number,
): Promise<void> {
  const all = claims.flat();
  const numbersOf = async (partition: string): Promise<readonly number[]> =>
    page.evaluate(([store, of]) => stores.numbersOf(store, of), [name, partition] as const);
  const own = await Promise.all(tabs.map(async (tab) => numbersOf(`of ${tab}`)));
  requireAll(
    { claims: all.length, each: new Set(all).size, kept: (await numbersOf('claims')).length, own: own.flat().length },
    { claims: count, each: count, kept: count, own: count },
  );
}

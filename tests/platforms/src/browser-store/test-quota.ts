/** A quota that is used up: nothing is lost, and it goes on where there is room again. */
import type { PageStores } from '../app/store-page.ts';
import type { Report } from '../report.ts';
import { requireAll } from './require-all.ts';
import type { TestPages } from './test-browser-store.ts';

declare const stores: PageStores;

const MEGABYTE = 1024 * 1024;

export async function testQuota(report: Report, { browser, port }: TestPages): Promise<void> {
  await report.check('a quota', async () => {
    // An origin of its own, that has used nothing: the browser asks for the quota now and then only.
    const origin = `http://127.0.0.1:${port}`;
    const page = await browser.newPage();
    const session = await browser.newCDPSession(page);
    const setQuota = async (quotaSize: number) => session.send('Storage.overrideQuotaForOrigin', { origin, quotaSize });
    await setQuota(8 * MEGABYTE);
    await page.goto(`${origin}/?script=store-page`);
    await page.waitForFunction(() => 'stores' in globalThis);
    const full = await page.evaluate(() => stores.fillStore('quota', 20));
    const again = await page.evaluate(() => stores.fillStore('quota', 20));
    await setQuota(100 * MEGABYTE);
    const more = await page.evaluate(() => stores.fillStore('quota', 5));
    const numbers = (commits: number) => Array.from({ length: 4 * commits }, (_, index) => Math.floor(index / 4));
    if (full.kept === 0) throw new Error('there was no room at all');
    requireAll(
      { full: full.failure, rows: full.rows, again: again.failure, 'rows again': again.rows, more: more.rows },
      {
        full: 'STORE_FULL',
        rows: numbers(full.kept),
        again: 'STORE_FULL',
        'rows again': numbers(full.kept),
        more: numbers(full.kept + 5),
      },
    );
    await page.close();
    return `${full.kept} commits of a megabyte in eight megabytes`;
  });
}

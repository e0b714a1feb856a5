/** Chromium: the store of `dimsdk/browser`, in pages and workers, with other tabs, crashes and a quota. */
import type { BrowserContext, Page } from 'playwright-core';
import type { PageStores } from '../app/store-page.ts';
import { bundleForPage } from '../browser/bundle.ts';
import { withChromium } from '../browser/chromium.ts';
import { withServer } from '../browser/serve.ts';
import type { Report } from '../report.ts';
import { requireAll } from './require-all.ts';
import { testCrashes } from './test-crashes.ts';
import { testMarks } from './test-marks.ts';
import { testPlaces } from './test-places.ts';
import { testQuota } from './test-quota.ts';
import { testTabs } from './test-tabs.ts';

declare const stores: PageStores;

/** A name for which browsers give no Web Locks, as for all that does not come over https. */
const INSECURE = 'insecure.test';

/** How the tests open pages. */
export interface TestPages {
  readonly browser: BrowserContext;
  readonly port: number;
  /** A new tab. @param origin `http://localhost:…`, if not given */
  readonly open: (origin?: string) => Promise<Page>;
}

/** Runs the tests. */
export async function testBrowserStore(application: string, report: Report): Promise<void> {
  await bundleForPage(application, ['store-page', 'store-worker']);
  await withServer(application, async (port) =>
    withChromium([INSECURE], async (browser) => {
      const pages: TestPages = {
        browser,
        port,
        open: async (origin = `http://localhost:${port}`) => openPage(browser, origin),
      };
      report.title(`Chromium ${browser.browser()?.version() ?? ''}, the store of dimsdk/browser`);
      const page = await pages.open();
      await testContract(report, page, pages);
      await testMarks(report, page);
      await testPlaces(report, page, pages);
      await testTabs(report, page, pages);
      await testCrashes(report, pages);
      await testQuota(report, pages);
      await report.check('speed', async () => {
        const { batches, singly, read } = await page.evaluate(() => stores.measureStore(10_000));
        return `rows a second: ${batches} in batches of 100, ${singly} one by one, ${read} read`;
      });
      await report.check('speed of opening', async () => {
        const { store, memory } = await page.evaluate(() => stores.measureOpening(200));
        return `messages a second: ${store}, and ${memory} where nothing is kept`;
      });
    }),
  );
}

async function testContract(report: Report, page: Page, pages: TestPages): Promise<void> {
  for (const protection of ['unprotected', 'vault'] as const) {
    const outcome = await page.evaluate((kind) => stores.runContract(`contract ${kind}`, kind), protection);
    report.add({ name: `the contract, ${protection}`, ...outcome });
  }
  report.add({ name: 'the contract, a worker', ...(await page.evaluate(() => stores.askWorker('contract'))) });
  const insecure = await pages.open(`http://${INSECURE}:${pages.port}`);
  await report.check('a page over plain http', async () => {
    requireAll({ 'Web Locks': await insecure.evaluate(() => stores.hasLocks()) }, { 'Web Locks': false });
    await insecure.evaluate(() => stores.forgetNewMethods());
  });
  const outcome = await insecure.evaluate(() => stores.runContract('contract there', 'unprotected'));
  report.add({ name: 'the contract, less browser', ...outcome });
  await insecure.close();
}

async function openPage(browser: BrowserContext, origin: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    console.log(`  error in the page: ${error.message}`);
  });
  await page.goto(`${origin}/?script=store-page`);
  await page.waitForFunction(() => 'stores' in globalThis);
  return page;
}

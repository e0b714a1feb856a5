/** Chromium: the store of `dimsdk/browser`. */
import type { BrowserContext, Page } from 'playwright-core';
import { bundleForPage } from '../browser/bundle.ts';
import { withChromium } from '../browser/chromium.ts';
import { withServer } from '../browser/serve.ts';
import type { PageStores } from '../app/store-page.ts';
import type { Report } from '../report.ts';

declare const stores: PageStores;

/** Runs the tests. */
export async function testBrowserStore(application: string, report: Report): Promise<void> {
  await bundleForPage(application, ['store-page']);
  await withServer(application, async (port) =>
    withChromium([], async (browser) => {
      report.title(`Chromium ${browser.browser()?.version() ?? ''}, the store of dimsdk/browser`);
      const page = await openPage(browser, port);
      for (const protection of ['unprotected', 'vault'] as const) {
        const outcome = await page.evaluate((kind) => stores.runContract(`contract ${kind}`, kind), protection);
        report.add({ name: `the contract, ${protection}`, ...outcome });
      }
    }),
  );
}

async function openPage(browser: BrowserContext, port: number): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    console.log(`  error in the page: ${error.message}`);
  });
  await page.goto(`http://localhost:${port}/?script=store-page`);
  await page.waitForFunction(() => 'stores' in globalThis);
  return page;
}

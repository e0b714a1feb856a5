/** Chromium: all vectors in a page and in a worker, and messages between a page and Node. */
import { readdirSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { BrowserContext, Page } from 'playwright-core';
import type { PageTests } from '../app/page.ts';
import type * as SideModule from '../app/side.ts';
import { VECTORS } from '../paths.ts';
import type { Report } from '../report.ts';
import { bundleForPage } from './bundle.ts';
import { withChromium } from './chromium.ts';
import { withServer } from './serve.ts';

declare const tests: PageTests;

/** A name for which browsers give no WebCrypto when it does not come over https. */
const INSECURE = 'insecure.test';

const TEXT = 'Grüße, 世界';

/** Runs the tests. */
export async function testBrowser(application: string, report: Report): Promise<void> {
  await bundleForPage(application, ['page', 'worker']);
  const names = readdirSync(VECTORS).flatMap((name) => (name.endsWith('.json') ? [name.slice(0, -5)] : []));
  await withServer(application, async (port) =>
    withChromium([INSECURE], async (browser) => {
      const version = browser.browser()?.version() ?? '';
      report.title(`Chromium ${version}, a page`.trim());
      const page = await open(browser, `http://localhost:${port}/`);
      await checkGlobals(report, await page.evaluate(() => tests.nodeGlobals()));
      for (const outcome of await page.evaluate((list) => tests.runVectors(list), names)) report.add(outcome);

      report.title('a Web Worker');
      const answer = await page.evaluate((list) => tests.runVectorsInWorker(list), names);
      await checkGlobals(report, answer.nodeGlobals);
      for (const outcome of answer.outcomes) report.add(outcome);

      report.title('messages between a page and Node');
      await exchange(application, page, report);

      report.title(`a page over plain http, from ${INSECURE}`);
      const insecure = await open(browser, `http://${INSECURE}:${port}/`);
      await report.check('no WebCrypto', async () => {
        if (await insecure.evaluate(() => tests.hasWebCrypto())) throw new Error('there is WebCrypto');
      });
      for (const outcome of await insecure.evaluate((list) => tests.runVectors(list), names)) report.add(outcome);
      await exchange(application, insecure, report);
    }),
  );
}

async function open(browser: BrowserContext, url: string): Promise<Page> {
  const page = await browser.newPage();
  page.on('pageerror', (error) => {
    console.log(`  error in the page: ${error.message}`);
  });
  await page.goto(url);
  await page.waitForFunction(() => 'tests' in globalThis);
  return page;
}

async function checkGlobals(report: Report, found: readonly string[]): Promise<void> {
  await report.check("none of Node's globals", () => {
    if (found.length > 0) throw new Error(`there are ${found.join(', ')}`);
  });
}

/** Both make users with new keys, and each reads what the other writes. */
async function exchange(application: string, page: Page, report: Report): Promise<void> {
  for (const generation of ['standard', 'modern'] as const) {
    await report.check(`${generation} keys`, async () => {
      const { createSide } = (await import(`${pathToFileURL(application).href}/app/side.js`)) as typeof SideModule;
      const node = await createSide('node', generation);
      const { backend, card } = await page.evaluate((kind) => tests.createSide('page', kind), generation);
      requireSame(`${backend}, ${node.backend}`, 'portable, native');
      const fromPage = [TEXT, node.card()] as const;
      const packed = await page.evaluate(([text, to]) => tests.pack('page', text, to), fromPage);
      requireSame(await node.unpack(packed, card), TEXT);
      const fromNode = [await node.pack(TEXT, card), node.card()] as const;
      requireSame(await page.evaluate(([bytes, from]) => tests.unpack('page', bytes, from), fromNode), TEXT);
      return 'Node reads the page, the page reads Node';
    });
  }
}

function requireSame(found: string, wanted: string): void {
  if (found !== wanted) throw new Error(`${JSON.stringify(found)} instead of ${JSON.stringify(wanted)}`);
}

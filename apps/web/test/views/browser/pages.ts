/** Pages with a fake engine in Chromium, as `vite` serves them, with the Content-Security-Policy that the built page has. */
import assert from 'node:assert/strict';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { fileURLToPath } from 'node:url';
import { chromiumSwitches, findChromium } from 'platforms/chromium';
import { chromium, type BrowserContextOptions, type Page } from 'playwright-core';
import { createServer } from 'vite';

/** The package, seen from `dist/test/views/browser`. */
const ROOT = fileURLToPath(new URL('../../../../', import.meta.url));
const AXE = readFileSync(createRequire(import.meta.url).resolve('axe-core/axe.min.js'), 'utf8');

/** What a test waits for at most. */
const PATIENCE_MS = 20_000;

export interface Pages {
  /** Opens `?fake…#/…`. What the page complains of fails the test at the end. */
  open(address: string, options?: BrowserContextOptions): Promise<Page>;
  close(): Promise<void>;
}

export async function openPages({ camera }: { readonly camera?: string } = {}): Promise<Pages> {
  const server = await createServer({
    root: ROOT,
    configFile: `${ROOT}/vite.config.ts`,
    logLevel: 'error',
    server: { host: '127.0.0.1', port: 0, hmr: false, watch: null },
  });
  await server.listen();
  const [base = ''] = server.resolvedUrls?.local ?? [];
  const browser = await chromium.launch({
    executablePath: await findChromium(),
    args: [
      ...chromiumSwitches([]),
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
      ...(camera === undefined ? [] : [`--use-file-for-fake-video-capture=${camera}`]),
    ],
  });
  const faults: string[] = [];
  return {
    async open(address, options = {}) {
      const context = await browser.newContext({
        locale: 'en-US',
        viewport: { width: 1200, height: 800 },
        reducedMotion: 'reduce',
        ...options,
      });
      context.setDefaultTimeout(PATIENCE_MS);
      context.on('weberror', (error) => faults.push(error.error().message));
      // What a Content-Security-Policy forbids is told like this.
      context.on('console', (message) => message.type() === 'error' && faults.push(message.text()));
      const page = await context.newPage();
      await page.goto(new URL(address, base).href);
      await page.locator('h1').first().waitFor({ state: 'attached' });
      return page;
    },
    async close() {
      await browser.close();
      await server.close();
      assert.deepEqual(faults, []);
    },
  };
}

/** What axe finds. It runs beside the page: the page itself lets no foreign script in. */
export async function findings(page: Page): Promise<readonly string[]> {
  const session = await page.context().newCDPSession(page);
  const { frameTree } = await session.send('Page.getFrameTree');
  const { executionContextId: contextId } = await session.send('Page.createIsolatedWorld', {
    frameId: frameTree.frame.id,
  });
  await session.send('Runtime.evaluate', { expression: AXE, contextId });
  const { result } = await session.send('Runtime.evaluate', {
    expression:
      'axe.run().then(({ violations }) => violations.map(({ id, nodes }) => `${id}: ${nodes[0].html} ${nodes[0].failureSummary}`))',
    contextId,
    awaitPromise: true,
    returnByValue: true,
  });
  await session.detach();
  return result.value as readonly string[];
}

/** Whether everything fits in the width. */
export async function overflow(page: Page): Promise<number> {
  return page.evaluate(() => document.documentElement.scrollWidth - document.documentElement.clientWidth);
}

/** Waits until the focus is at a place: it moves after a view was shown. */
export async function untilFocused(page: Page, selector: string): Promise<void> {
  await page.locator(`${selector}:focus`).waitFor({ state: 'attached' });
}

/** What is focused, as one would say it. */
export async function focused(page: Page): Promise<string> {
  return page.evaluate(() => {
    const element = document.activeElement;
    return element?.getAttribute('aria-label') ?? element?.textContent?.trim() ?? '';
  });
}

/** The page as it is installed: its icons, and how another version of it comes. */
import assert from 'node:assert/strict';
import { cpSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { after, test } from 'node:test';
import type { Page } from 'playwright-core';
import { acquaint, useStage } from './stage.ts';

const folder = mkdtempSync(join(tmpdir(), 'dim-web-page-'));
cpSync(join(dirname(createRequire(import.meta.url).resolve('dim-web/package.json')), 'dist/page'), folder, {
  recursive: true,
});
const stage = useStage(folder);
after(() => rmSync(folder, { recursive: true, force: true }));

/** The same page with a mark, as a version of its own: what is stored by it has another revision. */
function deploy(mark: string): void {
  const change = (name: string, from: RegExp, to: string) => {
    const before = readFileSync(join(folder, name), 'utf8');
    const now = before.replace(from, to);
    assert.notEqual(now, before, name);
    writeFileSync(join(folder, name), now);
  };
  change('index.html', /<\/head>/, `<meta name="mark" content="${mark}" /></head>`);
  const revision = '0'.repeat(31) + mark;
  change('sw.js', /(index\.html['"],\s?revision:\s?['"])[0-9a-f]{32}/, `$1${revision}`);
}

/** Loaded once more, a page is one of the service worker. */
async function isKept(page: Page): Promise<void> {
  await page.evaluate(async () => navigator.serviceWorker.ready.then(() => undefined));
  await page.reload();
  await page.waitForFunction(() => navigator.serviceWorker.controller !== null);
}

test('the manifest is sound, and has icons for each system', async () => {
  const person = await stage.comes('Alice');
  const session = await person.context.newCDPSession(person.page);
  const { errors, url, data = '' } = await session.send('Page.getAppManifest');
  assert.deepEqual(errors, []);
  const { icons } = JSON.parse(data) as { readonly icons: readonly { src: string; sizes: string; purpose: string }[] };
  assert.deepEqual(
    icons.map(({ sizes, purpose }) => `${sizes} ${purpose}`),
    ['any any', '192x192 any', '512x512 any', '512x512 maskable'],
  );
  for (const { src, sizes } of icons.slice(1)) {
    const size = await person.page.evaluate(async (address) => {
      const image = await createImageBitmap(await (await fetch(address)).blob());
      return `${image.width}x${image.height}`;
    }, new URL(src, url).href);
    assert.equal(size, sizes, src);
  }
  const { installabilityErrors } = await session.send('Page.getInstallabilityErrors');
  assert.deepEqual(
    // A profile of a test is a private window.
    installabilityErrors.filter(({ errorId }) => errorId !== 'in-incognito'),
    [],
  );
});

test('a new version is told of; both tabs move to it, and what was being written is there', async () => {
  const [carol, dave] = await Promise.all([stage.comes('Carol'), stage.comes('Dave')]);
  await acquaint(carol, dave);
  const second = await carol.newTab();
  await carol.isIn(second);
  for (const page of [carol.page, second]) {
    await isKept(page);
    await carol.isIn(page);
  }
  await carol.open('Dave');
  await carol.writing().fill('Half a sent');
  await second.locator('.side').getByRole('link', { name: 'Dave' }).first().click();

  await stage.station.kill();
  deploy('2');
  await stage.station.start();
  await carol.page.evaluate(async () => (await navigator.serviceWorker.ready).update().then(() => undefined));
  const notices = [carol.page, second].map((page) => page.getByText('There is a new version of this page.'));
  await Promise.all(notices.map((notice) => notice.waitFor()));
  // Nothing is loaded before the person says so.
  assert.equal(await carol.writing().inputValue(), 'Half a sent');
  await carol.writing().fill('Half a sentence');
  await carol.page.getByRole('button', { name: 'Load it' }).click();

  for (const page of [carol.page, second]) {
    await page.locator('meta[name="mark"][content="2"]').waitFor({ state: 'attached' });
    await carol.isIn(page);
    await carol.writing(page).waitFor();
    await page.waitForFunction(() => document.querySelector('textarea')?.value === 'Half a sentence');
  }
  await carol.write('Half a sentence, and the rest');
  await dave.message('Half a sentence, and the rest').waitFor();
  assert.equal(await dave.message('Half a sentence').count(), 1);
});

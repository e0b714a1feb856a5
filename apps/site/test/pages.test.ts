/** The site in a browser: it keeps nobody out, asks nobody else for anything, and is searched without a network. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Browser, Page } from 'playwright-core';
import { serveSite, type SiteServer } from '../src/serve/server.ts';
import { findings, LOOKS, openBrowser, overflow, visit } from './browser.ts';

let server: SiteServer;
let browser: Browser;
before(async () => {
  [server, browser] = await Promise.all([serveSite(), openBrowser()]);
});
after(async () => {
  await browser.close();
  await server.close();
});

/** What is shown now, at each width, light and dark. */
async function look(page: Page, what: string): Promise<void> {
  for (const { width, colorScheme } of LOOKS) {
    const where = `${what} at ${width} pixels, ${colorScheme}`;
    await page.setViewportSize({ width, height: 800 });
    await page.emulateMedia({ colorScheme });
    await page.locator(colorScheme === 'dark' ? 'html.dark' : 'html:not(.dark)').waitFor();
    assert.deepEqual(await findings(page), [], where);
    assert.ok((await overflow(page)) <= 0, `${where} is ${await overflow(page)} pixels too wide`);
  }
}

for (const path of ['', 'start', 'guide/delivery', 'errors', 'api/', 'api/dimp/', 'api/dimp/classes/Messenger']) {
  test(`the page /${path}`, async () => {
    const { context, page, faults } = await visit(browser, server.url);
    await page.goto(server.url + path, { waitUntil: 'networkidle' });
    assert.equal(await page.getByRole('main').count(), 1);
    await look(page, `/${path}`);
    assert.deepEqual(faults, []);
    await context.close();
  });
}

test('the way from the first page to a guide and back is without a reload', async () => {
  const { context, page, faults } = await visit(browser, server.url);
  await page.goto(server.url, { waitUntil: 'networkidle' });
  await page.evaluate(() => Object.assign(globalThis, { isSame: true }));
  await page.getByRole('link', { name: 'Start in five minutes' }).first().click();
  await page.getByRole('heading', { level: 1, name: 'Start in five minutes' }).waitFor();
  assert.equal(await page.getByRole('main').count(), 1);
  await page.goBack();
  await page.getByRole('heading', { level: 1, name: 'Messages that only' }).waitFor();
  assert.ok(await page.evaluate(() => 'isSame' in globalThis));
  assert.deepEqual(faults, []);
  await context.close();
});

test('what is above the pages has room at every width, or is behind a button', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.goto(`${server.url}start`, { waitUntil: 'networkidle' });
  const last = page.getByRole('navigation', { name: 'Main Navigation' }).getByRole('link', { name: 'Playground' });
  for (const width of [768, 960, 1199, 1200]) {
    await page.setViewportSize({ width, height: 800 });
    assert.ok((await overflow(page)) <= 0, `${width} pixels`);
    assert.equal(await last.count(), width < 1200 ? 0 : 1, `${width} pixels`);
  }
  const { x = Infinity, width = 0 } = (await last.boundingBox()) ?? {};
  assert.ok(x + width <= 1200);
  await page.setViewportSize({ width: 960, height: 800 });
  await page.getByRole('button', { name: 'mobile navigation' }).click();
  await page.locator('#VPNavScreen').getByRole('link', { name: 'Playground' }).click();
  await page.getByRole('heading', { level: 1, name: 'Playground' }).waitFor();
  await context.close();
});

test('the address of a code leads to its row', async () => {
  const { context, page } = await visit(browser, server.url);
  await page.goto(`${server.url}errors#INPUT_TOO_LATE`, { waitUntil: 'networkidle' });
  await page.locator('#INPUT_TOO_LATE:target').waitFor();
  assert.ok(await page.locator('#INPUT_TOO_LATE').isVisible());
  await context.close();
});

test('search finds `unpack` when there is no network any more', async () => {
  const { context, page, faults } = await visit(browser, server.url);
  await page.goto(server.url, { waitUntil: 'networkidle' });
  await page.getByRole('button', { name: 'Search' }).click();
  const box = page.getByRole('searchbox');
  await box.fill('unpack');
  const results = page.getByRole('listbox').getByRole('option');
  await results.filter({ hasText: 'unpack' }).first().waitFor();
  await context.setOffline(true);
  await box.fill('replay');
  await results
    .filter({ hasText: /replay/i })
    .first()
    .waitFor();
  assert.deepEqual(faults, []);
  await context.close();
});

test('the playground: a message, its forms, a change, a refusal that says what to do', async () => {
  const { context, page, faults } = await visit(browser, server.url);
  await page.goto(`${server.url}playground`, { waitUntil: 'networkidle' });
  await page.getByLabel('Who reads').fill('Robert');
  await page.getByRole('button', { name: 'Make two identities' }).click();
  await page.getByLabel('What Alice writes').fill('Good morning');
  await page.getByRole('button', { name: 'Encrypt, sign and send' }).click();
  const wire = page.getByRole('region', { name: 'The message' });
  await wire.filter({ hasText: 'envelope_proof' }).waitFor();
  await page.getByRole('radio', { name: 'instant' }).check();
  await wire.filter({ hasText: '"text": "Good morning"' }).waitFor();
  await page.getByRole('radio', { name: 'secure' }).check();
  assert.doesNotMatch(await wire.innerText(), /Good morning|signature/);

  await page.getByRole('button', { name: 'Deliver' }).click();
  await page.getByRole('status').getByText('“Good morning”. Alice vouches for the content and the envelope').waitFor();
  await page.getByLabel('What the relay does').selectOption({ label: 'data: turns one bit of what is encrypted' });
  await page.getByRole('button', { name: 'Deliver' }).click();
  await page.getByRole('status').getByText('Refused').waitFor();
  await page.getByRole('button', { name: 'Try each of them' }).click();
  await page.getByRole('row', { name: 'all of it' }).getByText('INPUT_REPLAY').waitFor();
  await look(page, '/playground');

  // Nothing leaves the page, so that it needs no network.
  await context.setOffline(true);
  await page.getByLabel('The package').fill('{"sender":"nobody"}');
  await page.getByRole('button', { name: 'Deliver' }).click();
  await page.getByRole('status').getByText('INPUT_').waitFor();
  await context.setOffline(false);
  const [code = ''] = await page.getByRole('status').getByRole('link').allInnerTexts();
  await page.getByRole('status').getByRole('link').click();
  await page.waitForURL(`**/errors#${code}`);
  await page.waitForFunction((id) => {
    const { top = -1 } = document.getElementById(id)?.getBoundingClientRect() ?? {};
    return top >= 0 && top < innerHeight;
  }, code);
  assert.deepEqual(faults, []);
  await context.close();
});

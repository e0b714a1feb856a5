/** What goes over the wire until something is seen, and until it can be used, as the station gives it, and how soon that is. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { BrowserContext, Page } from 'playwright-core';
import { newProfile } from './browser.ts';
import { useStage } from './stage.ts';

const stage = useStage();

/** Up to the first paint, which says that the page begins: whether somebody lives here is known by the engine alone. */
const MOST_FIRST = 120_000;
/** With the engine, its cryptography, and the view that is shown: the beginning, or the list. */
const MOST_LIST = 300_000;
/** The page makes its first view by a script, which an empty page has not; a busy machine has both. */
const MOST_PAINT = 8;
const RUNS = 5;

/** Bytes as the station gives them, with their heads, by the name of the file: those of workers too, which browsers do not count. */
function countBytes(context: BrowserContext): () => Promise<ReadonlyMap<string, number>> {
  const asked = new Set<string>();
  context.on('request', (request) => {
    if (request.url().startsWith(stage.station.url)) asked.add(request.url());
  });
  return async () => {
    const bytes = new Map<string, number>();
    for (const url of asked) {
      const { headers } = await fetch(url, { headers: { 'accept-encoding': 'br' } });
      const head = [...headers].join('\r\n').length;
      bytes.set(new URL(url).pathname, Number(headers.get('content-length')) + head);
    }
    return bytes;
  };
}

function sum(bytes: ReadonlyMap<string, number>): number {
  return [...bytes.values()].reduce((all, one) => all + one, 0);
}

test('the first paint needs at most 120 kB, and not the engine', async () => {
  const { context } = await newProfile(stage.browser, { serviceWorkers: 'block' });
  const page = await context.newPage();
  const count = countBytes(context);
  let give: () => void = () => undefined;
  const held = new Promise<void>((resolve) => (give = resolve));
  await context.route('**/assets/worker-*.js', async (route) => {
    await held;
    await route.continue();
  });
  await page.goto(stage.station.url);
  await page.getByText('Starting').waitFor();
  const painted = await count();
  const first = new Map([...painted].filter(([name]) => !name.startsWith('/assets/worker-')));
  console.log(`until the first paint: ${sum(first)} bytes`, Object.fromEntries(first));
  assert.ok(first.size > 2);
  assert.ok(sum(first) <= MOST_FIRST, `${sum(first)} bytes`);
  give();
  await page.getByRole('button', { name: 'Make a new identity' }).waitFor();
  const all = await count();
  console.log(`until somebody may begin: ${sum(all)} bytes, with the engine`);
  assert.ok([...all.keys()].some((name) => name.startsWith('/assets/worker-')));
  assert.ok(sum(all) <= MOST_LIST, `${sum(all)} bytes`);
  await context.close();
});

test('all that is loaded until the list is there', async () => {
  const person = await stage.comes('Alice');
  // Without what the browser and the service worker keep: as somebody has it who comes back after a new version.
  const { context } = await newProfile(stage.browser, {
    serviceWorkers: 'block',
    storageState: await person.context.storageState({ indexedDB: true }),
  });
  await person.page.close();
  const fresh = await context.newPage();
  const count = countBytes(context);
  await fresh.goto(stage.station.url);
  await fresh.getByRole('button', { name: 'Menu', exact: true }).waitFor();
  const bytes = await count();
  console.log(`until the list: ${sum(bytes)} bytes`, Object.fromEntries(bytes));
  assert.ok(sum(bytes) <= MOST_LIST, `${sum(bytes)} bytes`);
  await context.close();
});

test('the first paint comes soon after that of an empty page', async () => {
  const ratios: number[] = [];
  const { context } = await newProfile(stage.browser, { serviceWorkers: 'block' });
  const page = await context.newPage();
  await page.route('**/empty.html', async (route) => route.fulfill({ contentType: 'text/html', body: '<p>Empty</p>' }));
  for (let run = 0; run <= RUNS; run++) {
    const [empty, chat] = [
      await paintOf(page, `${stage.station.url}empty.html`),
      await paintOf(page, stage.station.url),
    ];
    // The first one fills caches of code.
    if (run > 0) ratios.push(chat / empty);
    console.log(`first paint: ${chat.toFixed(0)} ms, of an empty page ${empty.toFixed(0)} ms`);
  }
  ratios.sort((one, other) => one - other);
  const median = ratios[RUNS >> 1] ?? Infinity;
  assert.ok(median <= MOST_PAINT, `${median.toFixed(1)} times`);
  await context.close();
});

/** In milliseconds since it was asked for. */
async function paintOf(page: Page, address: string): Promise<number> {
  await page.goto(address);
  return page.evaluate(
    async () =>
      new Promise<number>((resolve) => {
        new PerformanceObserver((list) => {
          const paint = list.getEntriesByName('first-contentful-paint')[0];
          if (paint !== undefined) resolve(paint.startTime);
        }).observe({ type: 'paint', buffered: true });
      }),
  );
}

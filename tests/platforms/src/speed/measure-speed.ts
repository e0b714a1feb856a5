/** Packs and unpacks in Chromium and on Node, in turns: what else the machine does slows all of them. */
import { pathToFileURL } from 'node:url';
import type * as PortableBackends from 'dimplugins/backends/portable';
import type { PageSpeed } from '../app/speed-page.ts';
import type * as SpeedModule from '../app/speed.ts';
import type { Keys, Speed } from '../app/speed.ts';
import { bundleForPage } from '../browser/bundle.ts';
import { withChromium } from '../browser/chromium.ts';
import { withServer } from '../browser/serve.ts';

declare const speed: PageSpeed;

const KEYS: readonly Keys[] = [
  { name: 'RSA-1024', identity: 'RSA', visa: 'RSA', bits: 1024 },
  { name: 'RSA-2048', identity: 'RSA', visa: 'RSA', bits: 2048 },
  { name: 'ECC and RSA-2048', identity: 'ECC', visa: 'RSA', bits: 2048 },
  { name: 'Ed25519 and X25519', identity: 'ED25519', visa: 'X25519' },
];

const ROUNDS = 9;
const MILLISECONDS = 300;

/** Where it is measured. */
export const PLACES = ['Chromium', 'Node, portable', 'Node, native'] as const;

/** Messages a second, in the order of {@link PLACES}. */
export interface SpeedRow {
  readonly keys: string;
  readonly operation: 'pack' | 'unpack';
  readonly rates: readonly number[];
}

/** Measures. It takes about two minutes. */
export async function measureSpeed(application: string): Promise<readonly SpeedRow[]> {
  await bundleForPage(application, ['speed-page']);
  const { makePair, prepareSpeed } = (await import(
    `${pathToFileURL(application).href}/app/speed.js`
  )) as typeof SpeedModule;
  const portable = await portableBackends(application);
  return withServer(application, async (port) =>
    withChromium([], async (browser) => {
      const page = await browser.newPage();
      await page.goto(`http://localhost:${port}/?script=speed-page`);
      await page.waitForFunction(() => 'speed' in globalThis);
      const rows: SpeedRow[] = [];
      for (const keys of KEYS) {
        const pair = await makePair(keys);
        const index = await page.evaluate((users) => speed.prepare(users), pair);
        const places: readonly Speed[] = [
          {
            pack: (time) => page.evaluate(([number, limit]) => speed.pack(number, limit), [index, time] as const),
            unpack: (time) => page.evaluate(([number, limit]) => speed.unpack(number, limit), [index, time] as const),
          },
          await prepareSpeed(pair, portable),
          await prepareSpeed(pair),
        ];
        for (const operation of ['pack', 'unpack'] as const) {
          rows.push({ keys: keys.name, operation, rates: await inTurns(places, operation) });
        }
      }
      return rows;
    }),
  );
}

async function portableBackends(application: string): Promise<SpeedModule.Backends> {
  const folder = `${pathToFileURL(application).href}/app`;
  const module = (await import(`${folder}/portable-backends.js`)) as {
    readonly portableBackend: typeof PortableBackends.portableBackend;
    readonly portableModernBackend: typeof PortableBackends.portableModernBackend;
  };
  return { backend: module.portableBackend, modern: module.portableModernBackend };
}

/** Medians. The first round warms up. */
async function inTurns(places: readonly Speed[], operation: 'pack' | 'unpack'): Promise<readonly number[]> {
  const rates: number[][] = places.map(() => []);
  for (let round = -1; round < ROUNDS; round++) {
    for (const [index, place] of places.entries()) {
      const rate = await place[operation](MILLISECONDS);
      if (round >= 0) rates[index]?.push(rate);
    }
  }
  return rates.map((values) => [...values].sort((one, other) => one - other)[values.length >> 1] ?? Number.NaN);
}

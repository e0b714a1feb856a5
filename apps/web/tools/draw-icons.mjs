/** Draws the icons of the installed page from `public/icon.svg`: `node tools/draw-icons.mjs`, after that has changed. */
import { readFileSync, writeFileSync } from 'node:fs';
import { chromiumSwitches, findChromium } from 'platforms/chromium';
import { chromium } from 'playwright-core';

const folder = new URL('../public/', import.meta.url);
const rounded = readFileSync(new URL('icon.svg', folder), 'utf8');
// Systems cut the form that they like out of a maskable one: its ground reaches to the edges.
const square = rounded.replace(' rx="14"', '');
if (square === rounded) throw new Error('the ground of the icon is another one');

const browser = await chromium.launch({ executablePath: await findChromium(), args: chromiumSwitches([]) });
for (const [name, svg, size] of [
  ['icon-192.png', rounded, 192],
  ['icon-512.png', rounded, 512],
  ['icon-maskable-512.png', square, 512],
]) {
  const page = await browser.newPage({ viewport: { width: size, height: size } });
  await page.setContent(`<style>* { margin: 0 } svg { display: block; width: 100vw }</style>${svg}`);
  writeFileSync(new URL(name, folder), await page.screenshot({ omitBackground: true }));
  await page.close();
}
await browser.close();

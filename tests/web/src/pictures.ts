/** Pictures of the chat for README and site: `node tests/web/dist/pictures.js FOLDER`. Names and words in them are invented. */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from 'playwright-core';
import { openBrowser } from './browser.ts';
import { acquaint } from './stage.ts';
import { Person } from './person.ts';
import { WebStation } from './web-station.ts';

const [folder] = process.argv.slice(2);
if (folder === undefined) throw new Error('usage: node pictures.js FOLDER');
mkdirSync(folder, { recursive: true });

const station = await new WebStation().start();
const browser = await openBrowser();
try {
  const [maya, jonas, li] = await Promise.all(
    ['Maya', 'Jonas', 'Noor'].map(async (name) => Person.begin(browser, name, station.url)),
  );
  if (maya === undefined || jonas === undefined || li === undefined) throw new Error('somebody is missing');
  for (const person of [maya, jonas, li]) await person.isOnline();
  await acquaint(maya, jonas);
  await acquaint(maya, li);
  await li.write('See you tomorrow!');
  await maya.message('See you tomorrow!').waitFor();

  await maya.goTo('#/new-group');
  await maya.page.getByLabel('Name of the group').fill('Lake on Sunday');
  for (const name of ['Jonas', 'Noor']) await maya.page.getByRole('checkbox', { name }).check();
  await maya.page.getByRole('button', { name: 'Make the group' }).click();
  await maya.writing().waitFor();
  await maya.write('Train at 8:12, platform 3. Who brings bread?');
  await jonas.open('Lake on Sunday');
  await jonas.write('I do. And cheese');
  await maya.message('And cheese').waitFor();

  const [mayasId, jonasId] = [await maya.id(), await jonas.id()];
  await maya.goTo(`#/talk/${encodeURIComponent(jonasId)}`);
  await jonas.goTo(`#/talk/${encodeURIComponent(mayasId)}`);
  await Promise.all([maya.message('Hello Jonas').waitFor(), jonas.message('Hello Jonas').waitFor()]);
  await jonas.write('How was the hike?');
  await maya.message('How was the hike?').waitFor();
  await maya.write('Long, and worth every step. We had the ridge to ourselves until noon.');
  await sendPicture(maya);
  await jonas.page.getByRole('article').locator('img').waitFor();
  await jonas.write('What a view! Where is that?');
  await answer(jonas, 'worth every step', 'No crowds in June? Take me along next time.');
  await maya.message('Take me along').waitFor();
  await maya.write('Gladly. Here is the way: https://maps.example/ridge-walk');
  await maya.isMarked('Here is the way', 'delivered');

  await take(maya.page, 'chat-wide-light', { width: 1000, height: 800, colorScheme: 'light' });
  await take(maya.page, 'chat-narrow-dark', { width: 360, height: 740, colorScheme: 'dark' });
  await maya.goTo(`#/person/${encodeURIComponent(jonasId)}`);
  await maya.page.getByText('Compare these digits').scrollIntoViewIfNeeded();
  await take(maya.page, 'verification', { width: 800, height: 760, colorScheme: 'light' });
  await maya.open('Lake on Sunday');
  await maya.message('And cheese').waitFor();
  await take(maya.page, 'group-wide-dark', { width: 1000, height: 800, colorScheme: 'dark' });
  const nobody = await Person.come(browser, 'Nobody', station.url);
  await nobody.page.getByRole('button', { name: 'Make a new identity' }).waitFor();
  await take(nobody.page, 'start', { width: 800, height: 760, colorScheme: 'light' });
} finally {
  await browser.close();
  await station.end();
}

interface Look {
  readonly width: number;
  readonly height: number;
  readonly colorScheme: 'light' | 'dark';
}

async function take(page: Page, name: string, { width, height, colorScheme }: Look): Promise<void> {
  await page.setViewportSize({ width, height });
  await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
  await page.evaluate(() => (document.activeElement as HTMLElement | null)?.blur());
  await page.evaluate(async () => document.fonts.ready.then(() => new Promise((done) => requestAnimationFrame(done))));
  await page.screenshot({ path: join(folder ?? '', `${name}.png`) });
}

async function answer(person: Person, to: string, text: string): Promise<void> {
  await person.message(to).getByRole('button', { name: 'What to do with this message' }).click();
  await person.page.getByRole('dialog').getByRole('button', { name: 'Reply' }).click();
  await person.write(text);
}

/** A landscape that is drawn here, so that it is nobody's. */
async function sendPicture(person: Person): Promise<void> {
  const { page } = person;
  const bytes = await page.evaluate(async () => {
    const canvas = new OffscreenCanvas(400, 220);
    const draw = canvas.getContext('2d');
    if (draw === null) throw new Error('cannot draw');
    const sky = draw.createLinearGradient(0, 0, 0, 220);
    sky.addColorStop(0, '#6fa8c9');
    sky.addColorStop(1, '#f3d9b1');
    draw.fillStyle = sky;
    draw.fillRect(0, 0, 400, 220);
    for (const [index, color] of ['#7b93a4', '#4f6f7c', '#2c4a4f'].entries()) {
      draw.fillStyle = color;
      draw.beginPath();
      draw.moveTo(0, 220);
      for (let x = 0; x <= 400; x += 8)
        draw.lineTo(x, 80 + index * 42 + Math.sin(x / (60 - index * 12) + index * 2) * 26 + Math.sin(x / 17) * 5);
      draw.lineTo(400, 220);
      draw.fill();
    }
    const blob = await canvas.convertToBlob({ type: 'image/png' });
    return [...new Uint8Array(await blob.arrayBuffer())];
  });
  const chooser = page.waitForEvent('filechooser');
  await page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles({ name: 'ridge.png', mimeType: 'image/png', buffer: Buffer.from(bytes) });
  await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await page.getByRole('article').locator('img').waitFor();
}

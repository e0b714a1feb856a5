/** Codes from a screen through a camera and through pictures. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, before, test } from 'node:test';
import { encodeQR } from 'qr';
import { partsOf } from '../../../src/views/parts/code-parts.ts';
import { armour, PASSPHRASE } from '../../fake/given.ts';
import { fakeId } from '../../fake/people.ts';
import { findings, openPages, type Pages } from './pages.ts';

const folder = mkdtempSync(join(tmpdir(), 'codes-'));
let pages: Pages;
/** Whose camera sees the codes of another device. */
let seeing: Pages;
before(async () => {
  const film = join(folder, 'parts.y4m');
  writeFileSync(film, filmOf(await partsOf(armour())));
  seeing = await openPages({ camera: film });
  pages = await openPages();
});
after(async () => {
  rmSync(folder, { recursive: true });
  await seeing.close();
  await pages.close();
});

test('an identity comes through the camera, part by part', async () => {
  const page = await seeing.open('?fake=empty');
  await page.getByRole('button', { name: 'Bring it from another device' }).click();
  await page.getByRole('button', { name: 'Scan codes' }).click();
  await page.getByText('of 14 parts').waitFor();
  assert.deepEqual(await findings(page), []);
  await page.getByText('All parts were read.').waitFor();
  assert.equal(await page.getByLabel('Text of the identity').inputValue(), armour());
  await page.getByLabel('Passphrase of that text', { exact: true }).fill(PASSPHRASE);
  await page.getByRole('checkbox', { name: 'Without a passphrase' }).check();
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('link', { name: 'Your card, Robin' }).waitFor();
});

test('pictures of the codes that one device shows are read by the other, in any order', async () => {
  const shows = await pages.open('?fake#/settings');
  await shows.getByRole('button', { name: 'Add a device' }).click();
  await shows.getByLabel('Passphrase', { exact: true }).fill('of the way there');
  await shows.getByLabel('The same again', { exact: true }).fill('of the way there');
  await shows.getByRole('button', { name: 'Show it' }).click();
  const code = shows.getByRole('img', { name: 'Codes with your sealed identity' });
  const pictures: Buffer[] = [];
  const count = (await partsOf(armour())).length;
  for (let at = 1; at <= count; at += 1) {
    await shows.getByText(`Part ${at} of ${count}`).waitFor();
    await code.locator('path').waitFor();
    pictures.push(await code.screenshot());
    await shows.getByRole('button', { name: 'Next' }).click();
  }
  const reads = await pages.open('?fake=empty');
  await reads.getByRole('button', { name: 'Bring it from another device' }).click();
  await reads.getByRole('button', { name: 'Scan codes' }).click();
  const file = reads.locator('dialog input[type=file]');
  for (const [at, buffer] of [...pictures.slice(3), ...pictures.slice(0, 3)].entries()) {
    await file.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
    if (at + 1 < count) await reads.getByText(`${at + 1} of ${count} parts`).waitFor();
  }
  await reads.getByText('All parts were read.').waitFor();
  assert.equal(await reads.getByLabel('Text of the identity').inputValue(), armour());
});

test('a picture without a code is said to be one, and so is what is no picture', async () => {
  const page = await pages.open('?fake#/add-contact');
  await page.getByRole('button', { name: 'Scan a code' }).click();
  const dialog = page.getByRole('dialog', { name: 'Scan a code' });
  const file = dialog.locator('input[type=file]');
  await file.setInputFiles({ name: 'shot.png', mimeType: 'image/png', buffer: await page.screenshot() });
  await dialog.getByText('No code was found in that picture.').waitFor();
  await file.setInputFiles({ name: 'shot.png', mimeType: 'image/png', buffer: Buffer.from('no picture') });
  await dialog.getByText('No code was found in that picture.').waitFor();
});

test('a contact and the code to compare come from codes on a screen', async () => {
  const shows = await pages.open('?fake#/me');
  const card = await shows.getByRole('img', { name: 'Code with your link' }).screenshot();
  const reads = await pages.open('?fake#/add-contact');
  const scan = async (button: string, buffer: Buffer) => {
    await reads.getByRole('button', { name: button }).click();
    const file = reads.locator('dialog input[type=file]');
    await file.setInputFiles({ name: 'code.png', mimeType: 'image/png', buffer });
    await reads.locator('dialog').waitFor({ state: 'detached' });
  };
  await scan('Scan a code', card);
  assert.match(await reads.getByLabel('Link or ID').inputValue(), /#contact=0x[0-9a-f]{40}$/);

  const codeOf = async (name: string) => {
    await shows.goto(shows.url().replace(/#.*/, `#/person/${fakeId(name)}`));
    await shows.getByRole('heading', { name }).waitFor();
    const code = shows.getByRole('img', { name: 'Code to compare' });
    await code.locator('path').waitFor();
    return code.screenshot();
  };
  const [right, wrong] = [await codeOf('Dave'), await codeOf('Alice')];
  await reads.goto(reads.url().replace(/#.*/, `#/person/${fakeId('Dave')}`));
  await scan('Scan their code', right);
  await reads.getByText('Verified: you have compared the code.').waitFor();
  await scan('Scan their code', wrong);
  await reads.getByText('Do not write anything that others must not read.').waitFor();
  await reads.getByRole('button', { name: 'The codes are the same' }).waitFor();
  await scan('Scan their code', card);
  await reads.getByText('That is no code for comparing.').waitFor();
});

/** A film without sound that shows one code after another, as Chromium takes it for its camera. */
function filmOf(codes: readonly string[]): Buffer {
  const [width, height] = [640, 480];
  const frames = codes.map((text) => {
    const luma = Buffer.alloc(width * height, 235);
    const rows = encodeQR(text, 'raw', { ecc: 'low', border: 3 });
    const scale = Math.floor(height / rows.length);
    const [left, top] = [(width - rows.length * scale) >> 1, (height - rows.length * scale) >> 1];
    rows.forEach((row, y) =>
      row.forEach((isDark, x) => {
        if (!isDark) return;
        for (let line = 0; line < scale; line += 1) {
          const from = (top + y * scale + line) * width + left + x * scale;
          luma.fill(16, from, from + scale);
        }
      }),
    );
    return Buffer.concat([Buffer.from('FRAME\n'), luma, Buffer.alloc((width * height) / 2, 128)]);
  });
  return Buffer.concat([Buffer.from(`YUV4MPEG2 W${width} H${height} F8:1 Ip A1:1 C420jpeg\n`), ...frames]);
}

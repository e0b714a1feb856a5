/** Beginning and unlocking let everybody in. */
import { test } from 'node:test';
import { look } from './looks.ts';
import { Person } from './person.ts';
import { useStage } from './stage.ts';

const stage = useStage();

test('beginning and unlocking', async () => {
  const person = await Person.come(stage.browser, 'Alice', stage.station.url);
  const { page } = person;
  await page.getByRole('button', { name: 'Make a new identity' }).waitFor();
  await look(page, 'start');
  await page.getByRole('button', { name: 'Make a new identity' }).click();
  await page.getByLabel('Your name').fill('Alice');
  await person.choosePassphrase('correct horse battery');
  await look(page, 'name and passphrase');
  await page.getByRole('button', { name: 'Next' }).click();
  const words = await page.locator('ol.words li').allTextContents();
  await look(page, 'words');
  await page.getByRole('button', { name: 'I have written them down' }).click();
  await look(page, 'asking for words');
  for (const [at, word] of words.entries()) {
    const field = page.getByLabel(`Word ${at + 1}`, { exact: true });
    if ((await field.count()) > 0) await field.fill(word);
  }
  await page.getByRole('button', { name: 'Enter' }).click();
  await person.isIn();
  await look(page, 'an empty list');
  await page.keyboard.press('ControlOrMeta+Shift+L');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await look(page, 'locked');
  person.checkFaults();
});

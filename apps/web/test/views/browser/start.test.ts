/** From nothing to the list, by keys alone; locking, unlocking, and what is wrong on the way. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { PASSPHRASE } from '../../fake/given.ts';
import { findings, openPages, type Pages } from './pages.ts';

let pages: Pages;
before(async () => void (pages = await openPages()));
after(async () => pages.close());

/** Goes on by Tab until it is there. */
async function tabTo(page: Page, label: string): Promise<void> {
  for (let times = 0; times < 30; times += 1) {
    await page.keyboard.press('Tab');
    const now = await page.evaluate(() => {
      const element = document.activeElement;
      const labels = element instanceof HTMLInputElement ? [...(element.labels ?? [])] : [element];
      return labels.map((one) => one?.textContent?.trim() ?? '').join(' ');
    });
    if (now === label) return;
  }
  assert.fail(`Tab does not lead to ${label}`);
}

const heading = (page: Page, name: string) => page.getByRole('heading', { level: 1, name }).waitFor();

test('a new identity in less than a minute, with keys alone', async () => {
  const page = await pages.open('?fake=empty');
  assert.deepEqual(await findings(page), []);
  await tabTo(page, 'Make a new identity');
  await page.keyboard.press('Enter');
  await heading(page, 'Make a new identity');
  await tabTo(page, 'Your name');
  await page.keyboard.type('Ada');
  await tabTo(page, 'Passphrase');
  await page.keyboard.type('four words of mine');
  await tabTo(page, 'The same again');
  await page.keyboard.type('four words of mine');
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Enter');
  await heading(page, 'Recovery words');
  const words = await page.locator('.words li').allTextContents();
  assert.equal(words.length, 12);
  assert.deepEqual(await findings(page), []);
  await tabTo(page, 'I have written them down');
  await page.keyboard.press('Enter');
  await heading(page, 'Three of the words');
  const asked = await page.locator('label').allTextContents();
  assert.equal(asked.length, 3);
  for (const label of asked) {
    await tabTo(page, label);
    await page.keyboard.type(words[Number(label.replace(/\D/g, '')) - 1] ?? '');
  }
  assert.deepEqual(await findings(page), []);
  await page.keyboard.press('Enter');
  await page.getByRole('heading', { name: 'Conversations', exact: true }).waitFor({ state: 'attached' });
  await page.getByRole('link', { name: 'Your card, Ada' }).waitFor();
});

test('without a passphrase only when it was read what that means, and the words are never let by unread', async () => {
  const page = await pages.open('?fake=empty');
  await page.getByRole('button', { name: 'Make a new identity' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByText('Type a name.').waitFor();
  await page.getByText('At least 8 characters: shorter ones are guessed.').waitFor();
  await page.getByLabel('Your name').fill('Ada');
  const without = page.getByRole('checkbox', { name: 'Without a passphrase' });
  await without.check();
  await page.getByText('be you from anywhere').waitFor();
  await page.getByRole('button', { name: 'Next' }).click();
  await page.getByRole('button', { name: 'I have written them down' }).click();
  await heading(page, 'Three of the words');
  await page.getByRole('button', { name: 'Enter' }).click();
  assert.equal(await page.getByText(/Word \d{1,2} was another one/).count(), 3);
  await heading(page, 'Three of the words');
});

test('a wrong word is named, and put right', async () => {
  const right = `${'abandon '.repeat(11)}about`;
  const page = await pages.open('?fake=empty');
  await page.getByRole('button', { name: 'Use recovery words' }).click();
  const words = page.getByRole('textbox', { name: 'Recovery words' });
  await words.fill(right.replace('abandon abandon abandon', 'abandon abandon abandno'));
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('checkbox', { name: 'Without a passphrase' }).check();
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByText('Word 3 is not one of the recovery words.').waitFor();
  assert.equal(await words.getAttribute('aria-invalid'), 'true');
  assert.ok(await words.evaluate((element) => element === document.activeElement));
  await words.fill(right.replace(' about', ''));
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByText('These are not recovery words that belong together.').waitFor();
  await words.fill(right);
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('link', { name: 'Your card, Ada' }).waitFor();
});

test('keys lock and the passphrase unlocks; a wrong one is said', async () => {
  const page = await pages.open('?fake');
  await page.getByRole('link', { name: 'Your card, Robin' }).waitFor();
  await page.keyboard.press('ControlOrMeta+Shift+L');
  await heading(page, 'Locked');
  assert.deepEqual(await findings(page), []);
  await page.keyboard.type('wrong');
  await page.keyboard.press('Enter');
  await page.getByText('That is not the passphrase').waitFor();
  await page.keyboard.press('ControlOrMeta+A');
  await page.keyboard.type(PASSPHRASE);
  await page.keyboard.press('Enter');
  await page.getByRole('link', { name: 'Your card, Robin' }).waitFor();
});

test('nothing is deleted by a click, and everything by the word', async () => {
  const page = await pages.open('?fake=locked');
  await page.getByRole('button', { name: 'I have forgotten the passphrase' }).click();
  const dialog = page.getByRole('dialog', { name: 'Delete everything here' });
  await dialog.getByRole('button', { name: 'Delete everything here' }).click();
  await dialog.getByText('Type delete, and nothing else.').waitFor();
  await dialog.getByLabel('Type delete to go on').fill('delete');
  await dialog.getByRole('button', { name: 'Delete everything here' }).click();
  await page.getByRole('button', { name: 'Make a new identity' }).waitFor();
});

test('in the making "back" goes one step back, and the words stay the same; the page asks before it is left', async () => {
  const page = await pages.open('?fake=empty');
  const length = await page.evaluate(() => history.length);
  const asked: string[] = [];
  page.on('dialog', (dialog) => {
    asked.push(dialog.type());
    void dialog.dismiss();
  });
  await page.getByRole('button', { name: 'Make a new identity' }).click();
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('checkbox', { name: 'Without a passphrase' }).check();
  await page.getByRole('button', { name: 'Next' }).click();
  await heading(page, 'Recovery words');
  const words = await page.locator('.words li').allTextContents();
  await page.getByRole('button', { name: 'I have written them down' }).click();
  await heading(page, 'Three of the words');
  await page.reload({ timeout: 2000 }).catch(() => undefined);
  assert.deepEqual(asked, ['beforeunload']);
  await heading(page, 'Three of the words');
  await page.goBack();
  await heading(page, 'Recovery words');
  assert.deepEqual(await page.locator('.words li').allTextContents(), words);
  await page.goBack();
  await heading(page, 'Make a new identity');
  assert.equal(await page.getByLabel('Your name').inputValue(), 'Ada');
  await page.getByRole('button', { name: 'Back' }).click();
  await page.getByRole('heading', { name: /Messages between people/ }).waitFor();
  await page.getByRole('button', { name: 'Make a new identity' }).click();
  await page.getByRole('button', { name: 'Next' }).click();
  await heading(page, 'Recovery words');
  assert.deepEqual(await page.locator('.words li').allTextContents(), words);
  await page.getByRole('button', { name: 'I have written them down' }).click();
  for (const label of await page.locator('label').allTextContents())
    await page.getByLabel(label, { exact: true }).fill(words[Number(label.replace(/\D/g, '')) - 1] ?? '');
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('link', { name: 'Your card, Ada' }).waitFor();
  // Nothing of the making is behind the list, and the page lets go.
  assert.equal(await page.evaluate(() => (history.state as { step?: number } | null)?.step ?? 0), 0);
  assert.ok((await page.evaluate(() => history.length)) > length);
  await page.reload();
  assert.deepEqual(asked, ['beforeunload']);
});

test('what fails at the end leaves the steps as they were', async () => {
  const page = await pages.open('?fake=empty');
  await page.getByRole('button', { name: 'Use recovery words' }).click();
  await page.getByRole('textbox', { name: 'Recovery words' }).fill('abandon '.repeat(11));
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('checkbox', { name: 'Without a passphrase' }).check();
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByText('These are not recovery words that belong together.').waitFor();
  await page.goBack();
  await page.getByRole('heading', { name: /Messages between people/ }).waitFor();
});

test('a passphrase is set later, changed, and not taken away: the page says why and which way leads there', async () => {
  const page = await pages.open('?fake#/settings');
  await page.getByRole('button', { name: 'Change the passphrase' }).click();
  const dialog = page.getByRole('dialog', { name: 'Change the passphrase' });
  await dialog.getByText('never written open to this disk again').waitFor();
  assert.equal(await dialog.getByRole('checkbox', { name: 'Without a passphrase' }).count(), 0);
  assert.deepEqual(await findings(page), []);
  await dialog.getByLabel('Passphrase until now').fill(PASSPHRASE);
  await dialog.getByLabel('New passphrase').fill('another one of mine');
  await dialog.getByLabel('The same again').fill('another one of mine');
  await dialog.getByRole('button', { name: 'Save' }).click();
  await page.getByText('The new passphrase counts from now on.').waitFor();
});

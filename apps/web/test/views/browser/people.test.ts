/** Contacts: who is called what, who is let in, and whose key is whose. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import type { FakeEngine } from '../../fake-engine.ts';
import { fakeId } from '../../fake/people.ts';
import { findings, openPages, type Pages } from './pages.ts';

let pages: Pages;
before(async () => void (pages = await openPages()));
after(async () => pages.close());

/** The calls of a name that the page has made. */
const calls = (page: Page, name: string) =>
  page.evaluate(
    (wanted) =>
      (globalThis as unknown as { fake: FakeEngine }).fake.calls
        .filter((call) => call.name === wanted)
        .map(({ parameter }) => parameter),
    name,
  );

const of = (name: string) => `?fake#/person/${fakeId(name)}`;

test('a link that is followed adds nobody by itself', async () => {
  const page = await pages.open('?fake#contact=0x00112233445566778899');
  const field = page.getByLabel('Link or ID');
  assert.equal(await field.inputValue(), '#contact=0x00112233445566778899');
  assert.deepEqual(await calls(page, 'addContact'), []);
  await page.getByLabel('What you call them').fill('New one');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByRole('heading', { name: 'New one' }).waitFor();
  assert.deepEqual(await calls(page, 'addContact'), [{ text: '#contact=0x00112233445566778899', alias: 'New one' }]);
});

test('what is no ID is said where it stands', async () => {
  const page = await pages.open('?fake#/add-contact');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('Type or paste a link or an ID.').waitFor();
  await page.getByLabel('Link or ID').fill('?!');
  await page.getByRole('button', { name: 'Add', exact: true }).click();
  await page.getByText('That cannot be read').waitFor();
  assert.deepEqual(await findings(page), []);
});

test('names of others are text, quoted, and turn nothing', async () => {
  const page = await pages.open('?fake#/people');
  const list = page.getByRole('main').getByRole('list').first();
  await list.getByText('<img src=x onerror=alert(1)>').waitFor();
  assert.equal(await page.locator('main img').count(), 0);
  const rows = await list.getByRole('listitem').allTextContents();
  assert.ok(rows.includes(`“Alice”${fakeId('Alice').slice(-8)}`));
  assert.ok(rows.includes('Bob from work'));
  assert.ok(rows.every((row) => !/[\u202A-\u202E\u2066-\u2069]/.test(row)));
  assert.equal(await list.locator('.said > bdi').count(), rows.length);
  assert.deepEqual(await findings(page), []);
});

test('an alias stands alone, and the chosen name stays to be seen', async () => {
  const page = await pages.open(of('Alice'));
  await page.getByLabel('What you call them').fill('Mum');
  await page.getByRole('button', { name: 'Save' }).click();
  await page.getByRole('heading', { name: 'Mum', exact: false }).waitFor();
  await page.getByText('Chose the name').getByText('Alice').waitFor();
});

test('another key is an alarm, and is taken only by two answers', async () => {
  const page = await pages.open(of('Carol'));
  await page.getByRole('heading', { name: 'Another key was shown for this ID', exact: true }).waitFor();
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'I asked: the new key is right' }).click();
  const dialog = page.getByRole('dialog', { name: 'Take the new key?' });
  await page.keyboard.press('Escape');
  await dialog.waitFor({ state: 'detached' });
  assert.deepEqual(await calls(page, 'acceptNewKey'), []);
  await page.getByRole('button', { name: 'I asked: the new key is right' }).click();
  await dialog.getByRole('button', { name: 'I asked: the new key is right' }).click();
  await page
    .getByRole('heading', { name: 'Another key was shown for this ID', exact: true })
    .waitFor({ state: 'detached' });
  assert.deepEqual(await calls(page, 'acceptNewKey'), [{ id: fakeId('Carol') }]);
});

test('an alarm that comes is told, and leads to the person', async () => {
  const page = await pages.open('?fake#/people');
  await page.evaluate(
    (id) => (globalThis as unknown as { fake: FakeEngine }).fake.tell({ tell: 'alarm', id }),
    fakeId('Carol'),
  );
  await page.getByRole('button', { name: 'Look' }).click();
  await page.getByRole('heading', { name: 'Another key was shown for this ID', exact: true }).waitFor();
});

test('the code is twelve groups, and is verified by hand and taken back', async () => {
  const page = await pages.open(of('Dave'));
  const digits = page.getByRole('list', { name: 'Code to compare' }).getByRole('listitem');
  assert.equal(await digits.count(), 12);
  await page.getByRole('button', { name: 'The codes are the same' }).click();
  await page.getByText('Verified: you have compared the code.').waitFor();
  await page.getByRole('button', { name: 'No longer verified' }).click();
  await page.getByRole('button', { name: 'The codes are the same' }).waitFor();
  assert.deepEqual(await calls(page, 'setVerified'), [
    { id: fakeId('Dave'), isVerified: true },
    { id: fakeId('Dave'), isVerified: false },
  ]);
});

test('blocking and muting are said, and taken back', async () => {
  const page = await pages.open(of('Alice'));
  await page.getByRole('button', { name: 'Block', exact: true }).click();
  await page.getByText('Blocked: nothing of this person comes to you').waitFor();
  await page.getByRole('button', { name: 'Unblock' }).click();
  await page.getByRole('button', { name: 'Mute', exact: true }).click();
  await page.getByRole('button', { name: 'Unmute' }).waitFor();
});

/** Groups on a page: who asks, what happened, how one ends, and that they look unlike people. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { Page } from 'playwright-core';
import { findings, openPages, overflow, type Pages } from './pages.ts';

let pages: Pages;
before(async () => {
  pages = await openPages();
});
after(async () => pages.close());

async function inGroup(name: string, width: number): Promise<Page> {
  const page = await pages.open('?fake', { viewport: { width, height: 700 } });
  await page.locator('a.conversation', { hasText: name }).first().click();
  await page.locator('.talk-head').waitFor();
  return page;
}

for (const width of [1200, 360])
  test(`what happened stands between messages, and looks like none, ${width} wide`, async () => {
    const page = await inGroup('Hikers', width);
    const happening = page.locator('.happening').filter({ hasText: 'removed' });
    await happening.waitFor();
    // What others chose stays text, in its quotes.
    assert.match((await happening.textContent()) ?? '', /“\u2068<img src=x onerror=alert\(1\)>\u2069” \w{8}/);
    assert.equal(await page.locator('article .happening, .happening article').count(), 0);
    const [above, below] = await Promise.all([
      page.getByRole('article').filter({ hasText: 'Saturday at nine?' }).boundingBox(),
      page.getByRole('article').filter({ hasText: 'Fine with me' }).boundingBox(),
    ]);
    const box = await happening.boundingBox();
    assert.ok(above !== null && below !== null && box !== null);
    assert.ok(above.y + above.height <= box.y && box.y + box.height <= below.y);
    // Somebody asks: it leads to where the answer is given.
    await page.getByRole('link', { name: 'Look and answer' }).click();
    await page.getByRole('button', { name: /^Let .{0,5}Other stranger.{0,20} in$/ }).waitFor();
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await findings(page), []);
  });

test('in the list a group is one, says how many ask, and where one waits', async () => {
  const page = await pages.open('?fake', { viewport: { width: 1200, height: 1800 } });
  await page.getByRole('link', { name: /^Group: .*Hikers.*1 asking/ }).waitFor();
  assert.equal(await page.getByRole('link', { name: /^Group: .*Alice/ }).count(), 0);
  await page.getByRole('link', { name: /^Group: .*Choir.*You asked to join/ }).click();
  await page.getByText(/^You asked to be let in: .*a no is not told/).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Write a message' }).count(), 0);
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Wait no longer' }).click();
  await page.getByRole('link', { name: /Choir/ }).waitFor({ state: 'detached' });
});

test('an owner is told why there is no leaving, and ends the group after a question', async () => {
  const page = await inGroup('Hikers', 360);
  await page.locator('a.talk-with').click();
  await page.getByText('you cannot leave it, or give it to somebody else').waitFor();
  assert.equal(await page.getByRole('button', { name: 'Leave the group' }).count(), 0);
  await page.getByRole('button', { name: 'End the group for all' }).click();
  const question = page.getByRole('dialog');
  await question.getByText('Everybody is removed and told so').waitFor();
  assert.equal(await overflow(page), 0);
  await question.getByRole('button', { name: 'End the group for all' }).click();
  await page.locator('.notice', { hasText: 'You ended this group' }).waitFor();
  assert.equal(await page.getByRole('button', { name: 'End the group for all' }).count(), 0);
  await page.getByRole('link', { name: 'Open the conversation' }).click();
  await page.locator('.happening').filter({ hasText: 'You ended the group and removed' }).waitFor();
  assert.equal(await page.getByRole('textbox', { name: 'Write a message' }).count(), 0);
});

/** A tab that crashes: another one goes on. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Page } from 'playwright-core';
import { acquaint, useStage } from './stage.ts';

const stage = useStage();

test('the second tab goes on when the first crashes', async () => {
  const [erin, frank] = await Promise.all([stage.comes('Erin', 'four words for erin'), stage.comes('Frank')]);
  await acquaint(frank, erin);
  const second = await erin.newTab();
  await erin.isOnline(second);
  await crash(erin.page);
  await second.locator('.side').getByRole('link', { name: 'Frank' }).first().click();
  await erin.write('After a crash', second);
  await frank.message('After a crash').waitFor();
  assert.equal(await frank.message('After a crash').count(), 1);
});

/** Its process is killed: nothing answers. */
async function crash(page: Page): Promise<void> {
  const crashed = page.waitForEvent('crash');
  page.goto('chrome://crash').catch(() => undefined);
  await crashed;
}

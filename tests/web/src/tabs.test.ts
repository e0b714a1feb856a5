/** Tabs of one browser are one device. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acquaint, useStage } from './stage.ts';

const stage = useStage();

test('two tabs have one store and one connection, and the second goes on when the first is closed', async () => {
  const [erin, frank] = await Promise.all([stage.comes('Erin', 'four words for erin'), stage.comes('Frank')]);
  await acquaint(frank, erin);
  const second = await erin.newTab();
  // No passphrase is asked for again.
  await erin.isIn(second);
  await erin.isOnline(second);
  await second.locator('.side').getByRole('link', { name: 'Frank' }).first().click();
  await erin.write('From the second tab', second);
  await erin.message('From the second tab').waitFor();
  await frank.message('From the second tab').waitFor();
  assert.equal(await frank.message('From the second tab').count(), 1);

  // The first one has the engine: what it is asked for while it ends is done by the next one, once.
  const written = erin.write('While the first one ends', second);
  await erin.page.close();
  await written;
  await frank.message('While the first one ends').waitFor();
  erin.page = second;

  for (const text of ['From the second tab', 'While the first one ends'])
    assert.equal(await frank.message(text).count(), 1, text);
  erin.checkFaults();
  frank.checkFaults();
});

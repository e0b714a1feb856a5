/** What is here stays here: without a network, over restarts, and sealed. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acquaint, useStage } from './stage.ts';

const stage = useStage();

test('without a station all is readable, and what is written goes out later, once', async () => {
  const [alice, bob] = await Promise.all([stage.comes('Alice'), stage.comes('Bob')]);
  await acquaint(alice, bob);
  // The page is from there too: whoever loads it anew has it from the service worker.
  await bob.page.evaluate(async () => navigator.serviceWorker.ready.then(() => undefined));
  await stage.station.kill();
  await Promise.all([alice.isOffline(), bob.isOffline()]);
  await bob.page.reload();
  await bob.isIn();
  await bob.open('Alice');
  await bob.message('Hello Bob').waitFor();
  await bob.write('Written without network');
  await bob.isMarked('Written without network', 'queued');
  await alice.write('Into the dark');
  await stage.station.start();
  await alice.message('Written without network').waitFor();
  await bob.message('Into the dark').waitFor();
  await bob.isMarked('Written without network', 'delivered');
  await alice.isMarked('Into the dark', 'delivered');
  assert.equal(await alice.message('Written without network').count(), 1);
  assert.equal(await bob.message('Into the dark').count(), 1);
});

test('a draft outlasts a reload', async () => {
  const [gina, hugo] = await Promise.all([stage.comes('Gina'), stage.comes('Hugo')]);
  await acquaint(gina, hugo);
  await gina.writing().fill('Half a sent');
  await gina.page.reload();
  await gina.isIn();
  await gina.open('Hugo');
  assert.equal(await gina.writing().inputValue(), 'Half a sent');
});

test('a page that was locked shows nothing until the passphrase is typed', async () => {
  const [ivan, judy] = await Promise.all([stage.comes('Ivan', 'correct horse battery'), stage.comes('Judy')]);
  await acquaint(judy, ivan);
  await ivan.page.getByRole('button', { name: 'Menu', exact: true }).click();
  await ivan.page.getByRole('menuitem', { name: 'Lock now' }).click();
  await ivan.page.getByRole('heading', { name: 'Locked' }).waitFor();
  assert.doesNotMatch(await ivan.page.locator('body').innerText(), /Judy|Hello/);
  await ivan.page.reload();
  await ivan.page.getByLabel('Passphrase', { exact: true }).fill('correct horse batteries');
  await ivan.page.getByRole('button', { name: 'Unlock' }).click();
  await ivan.page.getByRole('alert').waitFor();
  await ivan.page.getByLabel('Passphrase', { exact: true }).fill('correct horse battery');
  await ivan.page.getByRole('button', { name: 'Unlock' }).click();
  await ivan.isIn();
  await ivan.open('Judy');
  await ivan.message('Hello Ivan').waitFor();
});

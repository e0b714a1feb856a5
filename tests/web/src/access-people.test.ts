/** Contacts, groups, search and settings let everybody in. */
import { test } from 'node:test';
import { look, lookAt } from './looks.ts';
import { useStage } from './stage.ts';

const stage = useStage();

test('people, search, groups, settings', async () => {
  const [carol, peer] = await Promise.all([stage.comes('Carol'), stage.peer('Ann')]);
  const { page } = carol;
  await carol.add(peer.id.toString(), 'Ann');
  await carol.write('Hello');
  await lookAt(carol, '#/people', 'Ann');
  await lookAt(carol, '#/add-contact', 'Link or ID');
  await lookAt(carol, '#/settings', 'Safety');
  await lookAt(carol, '#/search', 'Search for');
  await page.getByLabel('Search for').fill('Hello');
  await page.getByRole('button', { name: 'Hello' }).waitFor();
  await look(page, 'hits');
  await lookAt(carol, '#/new-group', 'Name of the group');
  await page.getByLabel('Name of the group').fill('Hikers');
  await page.getByRole('checkbox', { name: 'Ann' }).check();
  await page.getByRole('button', { name: 'Make the group' }).click();
  await carol.writing().waitFor();
  await page.getByRole('link', { name: 'Hikers' }).last().click();
  await page.getByRole('heading', { name: 'Members' }).waitFor();
  await look(page, 'a group');
  await page.keyboard.press('ControlOrMeta+/');
  await page.getByRole('dialog').waitFor();
  await look(page, 'shortcuts');
  carol.checkFaults();
});

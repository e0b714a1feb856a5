/** Two browsers and `dim chat` beside them in a group, from nothing. */
import assert from 'node:assert/strict';
import { after, test } from 'node:test';
import { AtTerminal } from './command-line.ts';
import type { Person } from './person.ts';
import { acquaint, useStage } from './stage.ts';

const stage = useStage();
const terminals: AtTerminal[] = [];
after(async () => Promise.all(terminals.map(async (one) => one.end())));

async function newGroup(owner: Person, name: string, members: readonly string[]): Promise<void> {
  await owner.goTo('#/new-group');
  await owner.page.getByLabel('Name of the group').fill(name);
  for (const member of members) await owner.page.getByRole('checkbox', { name: member }).check();
  await owner.page.getByRole('button', { name: 'Make the group' }).click();
  await owner.writing().waitFor();
}

test('two browsers and a terminal talk in a group', async () => {
  const [alice, bob] = await Promise.all([stage.comes('Alice'), stage.comes('Bob')]);
  const carla = new AtTerminal(`127.0.0.1:${stage.station.port}`);
  terminals.push(carla);
  const carlasId = await carla.begin('Carla');
  await acquaint(alice, bob);
  await alice.add(carlasId, 'Carla');
  await carla.json('contact', 'add', await alice.id(), '--alias', 'Alice');
  await newGroup(alice, 'Hikers', ['Bob', 'Carla']);
  await alice.write('Where to?');

  // A group of a contact needs no further yes.
  await bob.open('Hikers');
  await bob.message('Where to?').waitFor();
  // Reading brings what waits at the station, and shows it once.
  const read: unknown[] = [];
  while (!read.includes('Where to?')) {
    const { messages } = await carla.json('read');
    read.push(...(messages as readonly { readonly text: string }[]).map(({ text }) => text));
  }
  const { groups } = await carla.json('group', 'list');
  const [group] = groups as readonly { readonly id: string }[];
  const chat = carla.chat(group?.id ?? '');
  chat.say('To the lake');
  await Promise.all([alice.message('To the lake').waitFor(), bob.message('To the lake').waitFor()]);
  await bob.write('I bring bread');
  await chat.hears(({ text }) => text === 'I bring bread');
  await alice.message('I bring bread').waitFor();
  await bob.isMarked('I bring bread', 'delivered');
  for (const person of [alice, bob]) person.checkFaults();
});

test('who has the link asks to join, the owner lets in, and all see who changed what', async () => {
  const [dora, emil] = await Promise.all([stage.comes('Dora'), stage.comes('Emil')]);
  const finn = await stage.comes('Finn');
  await acquaint(dora, emil);
  await acquaint(dora, finn);
  await newGroup(dora, 'Readers', ['Emil']);
  await dora.write('Chapter one');
  await dora.page.getByRole('link', { name: 'Readers' }).last().click();
  const link = await dora.page.locator('main').getByText('#group=').first().textContent();
  assert.ok(link !== null);
  await finn.page.goto(link);
  await finn.page.getByRole('button', { name: 'Ask to join' }).click();
  // Who may answer sees it in the list, and who asked that it waits.
  await dora.page
    .locator('.side')
    .getByRole('link', { name: /Group: .{0,20}Readers.*1 asking/ })
    .waitFor();
  await finn.page.locator('.side').getByRole('link', { name: 'You asked to join' }).click();
  await finn.page.getByText('You asked to be let in').waitFor();
  await dora.page.getByRole('button', { name: /^Let .{0,20}Finn/ }).click();
  await finn.writing().waitFor();
  await finn.write('Thank you');
  await emil.open('Readers');
  await emil.message('Thank you').waitFor();
  await emil.page
    .locator('.happening')
    .filter({ hasText: /Dora.* added .*Finn/ })
    .waitFor();
  await emil.page.getByRole('link', { name: 'Readers' }).last().click();
  await emil.page.getByText('Who changed what').waitFor();
  await emil.page
    .getByText(/made the group/)
    .first()
    .waitFor();
  // The menu of a member lies above what is around it.
  await dora.page.getByRole('button', { name: /^What to do with .{0,20}Emil/ }).click();
  await dora.page.getByRole('menuitem', { name: /^Make .{0,20}Emil.{0,20} an administrator/ }).click();
  await emil.page.getByRole('listitem').filter({ hasText: 'Administrator' }).first().waitFor();
  // Its owner cannot leave it, and ends it for all.
  await dora.page.getByRole('button', { name: 'End the group for all' }).click();
  await dora.page.getByRole('dialog').getByRole('button', { name: 'End the group for all' }).click();
  await dora.page.getByText('You ended this group').waitFor();
  await finn.page.getByText(/Dora.* ended this group/).waitFor();
  assert.equal(await finn.writing().count(), 0);
  await finn.message('Thank you').waitFor();
  for (const person of [dora, emil, finn]) person.checkFaults();
});

/** Two people in two browsers, through a real station. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import { acquaint, useStage } from './stage.ts';

const stage = useStage();

test('a stranger is asked for before anything of the text is shown, and both read each other after the yes', async () => {
  const [alice, bob] = await Promise.all([stage.comes('Alice'), stage.comes('Bob')]);
  await alice.add(`${stage.station.url}#contact=${await bob.id()}`, 'Bobby');
  await alice.write('A secret beginning');
  await alice.isMarked('A secret beginning', 'sent');

  await bob.goTo('#/');
  await bob.page.getByText('wants to write to you').waitFor();
  assert.doesNotMatch(await bob.page.locator('body').innerText(), /secret/);
  await bob.page.getByRole('button', { name: 'Accept', exact: true }).click();
  await bob.open('Alice');
  await bob.message('A secret beginning').waitFor();
  await bob.write('An answer');
  await alice.message('An answer').waitFor();
  await alice.isMarked('A secret beginning', 'delivered');
  await bob.isMarked('An answer', 'delivered');
  // The name that was given stands alone; the one that was chosen is quoted.
  assert.match(await alice.page.locator('.side').innerText(), /Bobby/);
  assert.match(await bob.page.locator('.side').innerText(), /“.{0,4}Alice/);
  for (const person of [alice, bob]) person.checkFaults();
});

test('who declines reads nothing of it, now or later', async () => {
  const [mallory, carol] = await Promise.all([stage.comes('Mallory'), stage.comes('Carol')]);
  await mallory.add(await carol.id(), 'Carol');
  await mallory.write('Buy this');
  await carol.goTo('#/');
  await carol.page.getByRole('button', { name: 'Decline and block' }).click();
  await carol.page.getByText('wants to write to you').waitFor({ state: 'detached' });
  await mallory.write('And this');
  await mallory.isMarked('And this', 'sent');
  // What comes behind it has come through the same connection.
  const dave = await stage.comes('Dave');
  await dave.add(await carol.id(), 'Carol');
  await dave.write('Hello Carol');
  await carol.goTo('#/');
  await carol.page.getByText('wants to write to you').waitFor();
  const text = await carol.page.locator('body').innerText();
  assert.match(text, /Dave/);
  assert.doesNotMatch(text, /Mallory|Buy/);
  for (const person of [mallory, carol, dave]) person.checkFaults();
});

test('both sides see the same code, and what was compared is marked until it falls away', async () => {
  const [erin, frank] = await Promise.all([stage.comes('Erin'), stage.comes('Frank')]);
  await acquaint(erin, frank);
  const codeOf = async (person: typeof erin, other: string): Promise<readonly string[]> => {
    await person.goTo(`#/person/${encodeURIComponent(other)}`);
    const groups = person.page.locator('main').getByText(/^\d{5}$/);
    await groups.nth(11).waitFor();
    return groups.allTextContents();
  };
  const [erinsId, franksId] = [await erin.id(), await frank.id()];
  const code = await codeOf(erin, franksId);
  assert.equal(code.length, 12);
  assert.deepEqual(await codeOf(frank, erinsId), code);
  await erin.page.getByRole('button', { name: 'The codes are the same' }).click();
  await erin.page.getByText('Verified: you have compared the code.').waitFor();
  await erin.open('Frank');
  assert.doesNotMatch(await erin.page.locator('main').innerText(), /Key not verified/);
  for (const person of [erin, frank]) person.checkFaults();
});

test('a picture goes with its progress, encrypted, and is seen on the other side', async () => {
  const [gina, hugo] = await Promise.all([stage.comes('Gina'), stage.comes('Hugo')]);
  await acquaint(gina, hugo);
  await gina.open('Hugo');
  const picture = Buffer.from(await gina.page.screenshot({ type: 'png' }));
  const chooser = gina.page.waitForEvent('filechooser');
  await gina.page.getByRole('button', { name: 'Attach files' }).click();
  await (await chooser).setFiles({ name: 'holiday photo.png', mimeType: 'image/png', buffer: picture });
  await gina.page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
  await gina
    .message('holiday photo')
    .or(gina.page.getByRole('article').filter({ has: gina.page.locator('img') }))
    .first()
    .waitFor();
  // Of a contact, small ones are shown at once.
  const shown = hugo.page.getByRole('article').locator('img');
  await shown.waitFor();
  const width = await shown.evaluate(async (image) => {
    await (image as HTMLImageElement).decode();
    return (image as HTMLImageElement).naturalWidth;
  });
  assert.ok(width > 0);
  for (const person of [gina, hugo]) person.checkFaults();
});

test('a hit of the search leads to its message', async () => {
  const [iris, jack] = await Promise.all([stage.comes('Iris'), stage.comes('Jack')]);
  await acquaint(iris, jack);
  await iris.write('A needle');
  for (let number = 1; number <= 30; number++) await iris.write(`Hay ${number}`);
  await jack.message('Hay 30').waitFor();
  for (const person of [iris, jack]) {
    await person.goTo('#/search');
    await person.page.getByLabel('Search for').fill('needle');
    await person.page.getByRole('button', { name: 'A needle' }).click();
    await person.writing().waitFor();
    const found = person.message('A needle');
    await found.waitFor();
    await person.page.waitForFunction(() => {
      const article = [...document.querySelectorAll('article')].find((one) => one.textContent.includes('A needle'));
      const place = article?.getBoundingClientRect();
      return place !== undefined && place.top > 60 && place.bottom < innerHeight;
    });
    person.checkFaults();
  }
});

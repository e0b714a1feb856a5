/** The frame: both themes and languages, narrow and wide, the focus, and what is said of the network. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import type { FakeEngine } from '../../fake-engine.ts';
import { fakeId } from '../../fake/people.ts';
import { findings, focused, openPages, overflow, untilFocused, type Pages } from './pages.ts';

let pages: Pages;
before(async () => void (pages = await openPages()));
after(async () => pages.close());

const PLACES = [
  ['#/', 'Conversations'],
  ['#/people', 'Contacts'],
  [`#/person/${fakeId('Carol')}`, 'About this person'],
  ['#/me', 'Your card'],
  ['#/add-contact', 'Add a contact'],
  ['#/settings', 'Settings'],
] as const;

for (const [width, colorScheme] of [
  [360, 'light'],
  [800, 'dark'],
  [1400, 'dark'],
] as const) {
  test(`no finding of axe and nothing out of sight at ${width} pixels in ${colorScheme}`, async () => {
    const page = await pages.open('?fake', { colorScheme, viewport: { width, height: 740 } });
    for (const [place, heading] of PLACES) {
      await page.evaluate((hash) => void (location.hash = hash), place);
      await page.getByRole('heading', { name: heading, level: 1, exact: true }).waitFor({ state: 'attached' });
      assert.deepEqual(await findings(page), [], place);
      assert.ok((await overflow(page)) <= 0, place);
    }
  });
}

test('the theme that is chosen counts, stays, and is another than that of the system', async () => {
  const page = await pages.open('?fake#/settings', { colorScheme: 'light' });
  const ground = () => page.evaluate(() => getComputedStyle(document.documentElement).backgroundColor);
  const light = await ground();
  await page.getByRole('radio', { name: 'Dark' }).check();
  const dark = await ground();
  assert.notEqual(dark, light);
  await page.reload();
  await page.getByRole('radio', { name: 'Dark', exact: true }).waitFor();
  assert.equal(await ground(), dark);
});

test('the language that is chosen counts at once, and the page says which it is', async () => {
  const page = await pages.open('?fake#/settings');
  await page.getByRole('radio', { name: '简体中文' }).check();
  await page.getByRole('heading', { name: '设置', level: 1 }).waitFor();
  assert.equal(await page.evaluate(() => document.documentElement.lang), 'zh-Hans');
  assert.deepEqual(await findings(page), []);
});

test('a browser that wants Chinese gets it', async () => {
  const page = await pages.open('?fake=empty', { locale: 'zh-CN' });
  await page.getByRole('button', { name: '创建新身份' }).waitFor();
});

test('a view that opens has the focus at its heading, and a dialog gives it back', async () => {
  const page = await pages.open('?fake');
  await page.keyboard.press('ControlOrMeta+,');
  await page.getByRole('heading', { name: 'Settings' }).waitFor();
  await untilFocused(page, 'h1');
  assert.equal(await focused(page), 'Settings');
  await page.getByRole('button', { name: 'Change the passphrase' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('dialog', { name: 'Change the passphrase' }).waitFor();
  await page.keyboard.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await untilFocused(page, 'button');
  assert.equal(await focused(page), 'Change the passphrase');
  await page.keyboard.press('Alt+H');
  await page.getByRole('heading', { name: 'Conversations', exact: true }).waitFor({ state: 'attached' });
  await untilFocused(page, '.side');
});

test('the first Tab leads past the list, and a menu goes by arrows', async () => {
  const page = await pages.open('?fake');
  await page.keyboard.press('Tab');
  assert.equal(await focused(page), 'To the content');
  await page.keyboard.press('Enter');
  assert.equal(await page.evaluate(() => document.activeElement?.localName), 'main');
  await page.getByRole('button', { name: 'Menu' }).focus();
  await page.keyboard.press('Enter');
  await page.getByRole('menuitem', { name: 'Add a contact' }).waitFor();
  await page.keyboard.press('ArrowUp');
  assert.equal(await focused(page), 'Lock now');
  await page.keyboard.press('Escape');
  assert.equal(await focused(page), 'Menu');
  await page.getByRole('menu').waitFor({ state: 'detached' });
});

test('shortcuts are listed, and do nothing behind a dialog', async () => {
  const page = await pages.open('?fake');
  await page.keyboard.press('ControlOrMeta+/');
  const dialog = page.getByRole('dialog', { name: 'Keyboard shortcuts' });
  await dialog.getByText('Lock now').waitFor();
  await page.keyboard.press('ControlOrMeta+Shift+L');
  await page.keyboard.press('Escape');
  await page.getByRole('link', { name: 'Your card, Robin' }).waitFor();
});

test('without a network it is said what becomes of what is written', async () => {
  const page = await pages.open('?fake#/people');
  await page.evaluate(() =>
    (globalThis as unknown as { fake: FakeEngine }).fake.connect({
      is: 'offline',
      retryAt: undefined,
      failure: undefined,
    }),
  );
  await page.getByText('what you write goes out later').waitFor();
  assert.deepEqual(await findings(page), []);
  await page.getByRole('button', { name: 'Connect now' }).click();
  await page.getByText('what you write goes out later').waitFor({ state: 'detached' });
});

test('a store that cannot be opened is said, with the reason for those who report it', async () => {
  const page = await pages.open('?fake=broken');
  await page.getByText('was written by a newer version').click();
  await page.getByText('STORE_VERSION').waitFor();
  assert.deepEqual(await findings(page), []);
});

test('addresses are checked before they are kept', async () => {
  const page = await pages.open('?fake#/settings');
  await page.getByLabel('Station').fill('ws://station.example');
  const network = page.getByRole('region', { name: 'Network' });
  await network.getByRole('button', { name: 'Save' }).click();
  await page.getByText('An address of a station begins with wss://').waitFor();
  await page.getByLabel('Station').fill('wss://station.example');
  await network.getByRole('button', { name: 'Save' }).click();
  await page.getByText('Saved').waitFor();
});

test('an address that leads nowhere says so, and leads back', async () => {
  for (const [hash, words] of [
    ['#/nowhere', 'This address leads to no view'],
    ['#/talk/', 'This address leads to no view'],
    ['#/talk/nobody', 'That is no ID'],
    ['#/person/nobody', 'That is no ID'],
  ] as const) {
    const page = await pages.open(`?fake${hash}`, { viewport: { width: 360, height: 740 } });
    await page.getByText(words).first().waitFor();
    assert.deepEqual(await findings(page), [], hash);
    await page
      .getByRole('link', { name: /^(To the conversations|Back)$/ })
      .first()
      .click();
    await page.context().close();
  }
});

test('who has no conversations yet is offered to add somebody, also where it is narrow', async () => {
  const page = await pages.open('?fake=empty', { viewport: { width: 360, height: 740 } });
  await page.getByRole('button', { name: 'Use recovery words' }).click();
  await page.getByRole('textbox', { name: 'Recovery words' }).fill(`${'abandon '.repeat(11)}about`);
  await page.getByLabel('Your name').fill('Ada');
  await page.getByRole('checkbox', { name: 'Without a passphrase' }).check();
  await page.getByRole('button', { name: 'Enter' }).click();
  await page.getByRole('link', { name: 'Add a contact' }).click();
  await page.getByRole('heading', { name: 'Add a contact', level: 1 }).waitFor();
});

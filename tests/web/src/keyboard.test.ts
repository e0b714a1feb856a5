/** A whole conversation by keyboard alone, from nothing: the focus is always somewhere, and always seen. */
import assert from 'node:assert/strict';
import { test } from 'node:test';
import type { Locator, Page } from 'playwright-core';
import { Person } from './person.ts';
import { useStage } from './stage.ts';

const stage = useStage();

/** More of them than any view has places to stop at. */
const MOST_STOPS = 60;
const NOBODY = ['body', 'html'];

/** Somebody without a pointer. */
class Keys {
  readonly page: Page;

  constructor(page: Page) {
    this.page = page;
  }

  /** Presses a key; afterwards something has the focus, and it is seen that it has. */
  async press(key: string): Promise<void> {
    await this.page.keyboard.press(key);
    await this.isSomewhere();
  }

  /** Waits until something has the focus. */
  async isSomewhere(): Promise<void> {
    await this.page.waitForFunction((nobody) => !nobody.includes(document.activeElement?.localName ?? 'body'), NOBODY);
  }

  /** Goes on by Tab until something has the focus. */
  async to(target: Locator, key = 'Tab'): Promise<void> {
    await target.waitFor();
    for (let stop = 0; stop < MOST_STOPS; stop++) {
      if (await target.evaluate((element) => element === document.activeElement)) {
        await this.#isSeen();
        return;
      }
      await this.page.keyboard.press(key);
    }
    throw new Error(`no way leads to ${String(target)}`);
  }

  async type(target: Locator, text: string): Promise<void> {
    await this.to(target);
    await this.page.keyboard.type(text);
  }

  /** Goes to it, and presses Enter. */
  async choose(target: Locator): Promise<void> {
    await this.to(target);
    await this.page.keyboard.press('Enter');
  }

  async #isSeen(): Promise<void> {
    const ring = await this.page.evaluate(() => {
      const element = document.activeElement;
      if (element === null) return 'nothing';
      const { outlineStyle, outlineWidth, boxShadow } = getComputedStyle(element);
      const { width, height } = element.getBoundingClientRect();
      const isThere = width > 0 && height > 0;
      return isThere && ((outlineStyle !== 'none' && outlineWidth !== '0px') || boxShadow !== 'none')
        ? 'seen'
        : element.outerHTML.slice(0, 200);
    });
    assert.equal(ring, 'seen');
  }
}

test('from nothing to a conversation, by keyboard alone', async () => {
  const peer = await stage.peer('Ann');
  const alice = await Person.come(stage.browser, 'Alice', stage.station.url);
  const { page } = alice;
  const keys = new Keys(page);
  const button = (name: string) => page.getByRole('button', { name, exact: true });
  await keys.choose(button('Make a new identity'));
  await keys.type(page.getByLabel('Your name'), 'Alice');
  await keys.type(page.getByLabel(/^Passphrase(?: for this device)?$/), 'correct horse battery');
  await keys.type(page.getByLabel('The same again'), 'correct horse battery');
  await keys.press('Enter');
  await button('I have written them down').waitFor();
  const words = await page.locator('ol.words li').allTextContents();
  await keys.choose(button('I have written them down'));
  await button('Enter').waitFor();
  for (const [at, word] of words.entries()) {
    const field = page.getByLabel(`Word ${at + 1}`, { exact: true });
    if ((await field.count()) > 0) await keys.type(field, word);
  }
  await keys.choose(button('Enter'));
  await alice.isIn();
  await keys.isSomewhere();

  await keys.choose(button('Menu'));
  await page.getByRole('menuitem', { name: 'Add a contact' }).waitFor();
  await keys.press('Enter');
  await keys.type(page.getByLabel('Link or ID'), peer.id.toString());
  await keys.type(page.getByLabel('What you call them'), 'Ann');
  await keys.press('Enter');
  await keys.choose(page.getByRole('link', { name: 'Write', exact: true }));
  await keys.type(alice.writing(), 'By keys alone');
  await keys.press('Enter');
  await alice.isMarked('By keys alone', 'delivered');

  // The list of messages is one stop; arrows go through it, and the context menu opens what can be done.
  await keys.to(alice.message('By keys alone'), 'Shift+Tab');
  await keys.press('Shift+F10');
  await page.getByRole('dialog', { name: 'What to do with this message' }).waitFor();
  await keys.press('Escape');
  await page.getByRole('dialog').waitFor({ state: 'detached' });
  await keys.to(alice.message('By keys alone'), 'Shift+Tab');
  await keys.press('Shift+F10');
  await keys.choose(page.getByRole('dialog').getByRole('button', { name: 'Reply' }));
  await page.getByText('Reply to You').waitFor();
  await keys.type(alice.writing(), 'An answer to it');
  await keys.press('Enter');
  await alice.message('An answer to it').getByText('By keys alone').waitFor();

  await keys.press('ControlOrMeta+k');
  await keys.type(page.getByLabel('Search for'), 'answer to');
  await keys.choose(page.getByRole('button', { name: 'An answer to it' }));
  await alice.message('An answer to it').waitFor();
  await keys.press('ControlOrMeta+,');
  await page.getByRole('heading', { name: 'Settings', level: 1 }).waitFor();
  await keys.to(page.getByRole('radio', { name: 'As the system has them' }));
  await keys.press('ArrowDown');
  assert.ok(await page.getByRole('radio', { name: 'Light', exact: true }).isChecked());
  await page.keyboard.press('ControlOrMeta+Shift+L');
  await page.getByRole('heading', { name: 'Locked' }).waitFor();
  await keys.isSomewhere();
  await keys.type(page.getByLabel('Passphrase', { exact: true }), 'correct horse battery');
  await keys.press('Enter');
  await alice.isIn();
  await keys.isSomewhere();
  alice.checkFaults();
});

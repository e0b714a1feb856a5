/** An open conversation: nothing lies over what one writes, or over what became of what was written. */
import assert from 'node:assert/strict';
import { after, before, test } from 'node:test';
import { findings, openPages, overflow, type Pages } from './pages.ts';

let pages: Pages;
before(async () => {
  pages = await openPages();
});
after(async () => pages.close());

for (const width of [1200, 360])
  test(`toasts and menus cover neither the field nor delivery marks, ${width} wide`, async () => {
    const page = await pages.open('?fake', { viewport: { width, height: 700 } });
    await page.locator('a.conversation', { hasText: 'Bob from work' }).click();
    await page.getByRole('textbox', { name: 'Write a message' }).fill('ok');
    await page.getByRole('button', { name: 'Send', exact: true }).click();
    await page.getByRole('article').filter({ hasText: 'ok' }).first().waitFor();
    // Without a file service, that is said.
    await page.getByRole('button', { name: 'Record a voice message' }).click();
    await page.locator('.toast').waitFor();
    const covered = await page.evaluate(() => {
      const boxes = (parts: string) => [...document.querySelectorAll(parts)].map((one) => one.getBoundingClientRect());
      const meet = (one: DOMRect, other: DOMRect) =>
        one.left < other.right && other.left < one.right && one.top < other.bottom && other.top < one.bottom;
      const meets = (some: string, others: string) =>
        boxes(some).some((one) => boxes(others).some((other) => meet(one, other)));
      // Nothing stands below a menu either: with larger letters it would reach there.
      const isBelow = [...document.querySelectorAll('.message')].some((message) => {
        const menu = message.querySelector('.message-menu')?.getBoundingClientRect();
        const marks = [...message.querySelectorAll('.message-foot > *')];
        return menu !== undefined && marks.some((one) => one.getBoundingClientRect().right > menu.left);
      });
      return {
        marks: boxes('.message .delivery').length,
        toast: meets('.toast', '.composer, .talk-head'),
        foot: isBelow,
      };
    });
    assert.ok(covered.marks > 0);
    assert.deepEqual([covered.toast, covered.foot], [false, false]);
    assert.equal(await overflow(page), 0);
    assert.deepEqual(await findings(page), []);
  });

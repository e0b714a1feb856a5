/** What is shown, narrow and wide, light and dark, in both languages: nothing in it keeps anybody out. */
import assert from 'node:assert/strict';
import type { Page } from 'playwright-core';
import { findings, overflow } from './axe.ts';
import type { Person } from './person.ts';

/** Each width, color scheme and language at least twice, with others. */
const LOOKS = [
  { width: 360, colorScheme: 'light', language: 'en' },
  { width: 360, colorScheme: 'dark', language: 'zh' },
  { width: 1200, colorScheme: 'light', language: 'zh' },
  { width: 1200, colorScheme: 'dark', language: 'en' },
] as const;

/** What is shown now, in each look. */
export async function look(page: Page, what: string): Promise<void> {
  for (const { width, colorScheme, language } of LOOKS) {
    const where = `${what} at ${width} pixels, ${colorScheme}, ${language}`;
    await page.setViewportSize({ width, height: 740 });
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    await speak(page, language);
    assert.deepEqual(await findings(page), [], where);
    assert.ok((await overflow(page)) <= 0, `${where} is ${await overflow(page)} pixels too wide`);
  }
  await speak(page, 'en');
  await page.setViewportSize({ width: 1200, height: 740 });
}

/** As another tab would, where the person chooses the language: nothing that is open closes. */
async function speak(page: Page, language: 'en' | 'zh'): Promise<void> {
  await page.evaluate((name) => {
    localStorage.setItem('dim-web.language', name);
    dispatchEvent(new StorageEvent('storage', { key: 'dim-web.language' }));
  }, language);
  await page.locator(`html[lang|="${language}"]`).waitFor();
}

export async function lookAt(person: Person, hash: string, ready: string): Promise<void> {
  await person.goTo(hash);
  await person.page.locator('main').getByText(ready).first().waitFor();
  await look(person.page, hash);
}

/** How a page may end. */
import type { Page } from 'playwright-core';

export const ENDS: Readonly<Record<string, (page: Page) => Promise<void>>> = {
  'a page that is closed': async (page) => page.close(),
  'a page that crashes': async (page) => {
    const crashed = page.waitForEvent('crash');
    // Its process is killed: nothing answers.
    page.goto('chrome://crash').catch(() => undefined);
    await crashed;
    await page.close();
  },
};

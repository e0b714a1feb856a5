/** A browser with any number of people in it, each with a profile of its own. */
import { chromium, type Browser, type BrowserContext, type BrowserContextOptions } from 'playwright-core';
import { chromiumSwitches, findChromium } from 'platforms/chromium';

/** Opens Chromium without a window. */
export async function openBrowser(): Promise<Browser> {
  return chromium.launch({
    executablePath: await findChromium(),
    args: [
      ...chromiumSwitches([]),
      // A camera and a microphone that nobody has to allow.
      '--use-fake-device-for-media-stream',
      '--use-fake-ui-for-media-stream',
    ],
  });
}

/** A profile: what one person has in a browser. What goes wrong in its pages is told, and fails the test that asks for it. */
export async function newProfile(
  browser: Browser,
  options: BrowserContextOptions = {},
): Promise<{ readonly context: BrowserContext; readonly faults: readonly string[] }> {
  const context = await browser.newContext({ locale: 'en-US', viewport: { width: 1200, height: 800 }, ...options });
  const faults: string[] = [];
  context.on('weberror', (error) => faults.push(error.error().message));
  context.on('console', (message) => {
    // What a Content-Security-Policy forbids is told like this.
    if (message.type() === 'error') faults.push(message.text());
  });
  return { context, faults };
}

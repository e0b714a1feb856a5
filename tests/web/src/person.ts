/** A person with the chat in a browser of their own: what they do, by what they see on the page. */
import type { Browser, BrowserContext, BrowserContextOptions, Locator, Page } from 'playwright-core';
import { newProfile } from './browser.ts';

/** What stands beside own messages, for who hears the page; and what comes after it. */
const MARKS = {
  queued: /Waits to go out|Sent|Delivered/i,
  sent: /Sent|Delivered/i,
  delivered: /Delivered/i,
  failed: /Failed/i,
} as const;

/** One of them. The page is in English. */
export class Person {
  readonly name: string;
  readonly context: BrowserContext;
  page: Page;
  readonly #url: string;
  readonly #faults: readonly string[];

  private constructor(name: string, url: string, profile: Awaited<ReturnType<typeof newProfile>>, page: Page) {
    this.name = name;
    this.context = profile.context;
    this.page = page;
    this.#url = url;
    this.#faults = profile.faults;
  }

  /** Opens the page, where nobody lives yet. */
  static async come(browser: Browser, name: string, url: string, options?: BrowserContextOptions): Promise<Person> {
    const profile = await newProfile(browser, options);
    const page = await profile.context.newPage();
    await page.goto(url);
    return new Person(name, url, profile, page);
  }

  /** Opens the page and makes an identity. @param passphrase none, if not given */
  static async begin(browser: Browser, name: string, url: string, passphrase?: string): Promise<Person> {
    const person = await Person.come(browser, name, url);
    await person.makeIdentity(passphrase);
    return person;
  }

  /** @returns the recovery words */
  async makeIdentity(passphrase?: string): Promise<readonly string[]> {
    const { page } = this;
    await page.getByRole('button', { name: 'Make a new identity' }).click();
    await page.getByLabel('Your name').fill(this.name);
    await this.choosePassphrase(passphrase);
    await page.getByRole('button', { name: 'Next' }).click();
    const words = await page.locator('ol.words li').allTextContents();
    await page.getByRole('button', { name: 'I have written them down' }).click();
    for (const [at, word] of words.entries()) {
      const field = page.getByLabel(`Word ${at + 1}`, { exact: true });
      if ((await field.count()) > 0) await field.fill(word);
    }
    await page.getByRole('button', { name: 'Enter' }).click();
    await this.isIn();
    return words;
  }

  async choosePassphrase(passphrase?: string): Promise<void> {
    const { page } = this;
    if (passphrase === undefined) {
      await page.getByLabel('Without a passphrase').check();
      return;
    }
    await page.getByLabel(/^Passphrase(?: for this device)?$/).fill(passphrase);
    await page.getByLabel('The same again').fill(passphrase);
  }

  /** Waits until the list of conversations is there. */
  async isIn(page = this.page): Promise<void> {
    await page.getByRole('button', { name: 'Menu', exact: true }).waitFor();
  }

  /** Waits until the station has taken this person in. */
  async isOnline(page = this.page): Promise<void> {
    await page.locator('.shell').getByText('Online', { exact: true }).waitFor({ state: 'attached' });
  }

  /** Waits until there is no connection. */
  async isOffline(page = this.page): Promise<void> {
    await page.getByText('Offline. Everything can be read', { exact: false }).waitFor();
  }

  /** What others add this person by. */
  async id(): Promise<string> {
    await this.goTo('#/me');
    return (await this.page.locator('main .id').textContent()) ?? '';
  }

  async goTo(hash: string): Promise<void> {
    await this.page.evaluate((to) => (location.hash = to), hash);
  }

  /** Adds somebody by a link or an ID, and opens the conversation. */
  async add(link: string, alias: string): Promise<void> {
    const { page } = this;
    await this.goTo('#/add-contact');
    await page.getByLabel('Link or ID').fill(link);
    await page.getByLabel('What you call them').fill(alias);
    await page.getByRole('button', { name: 'Add', exact: true }).click();
    await page.getByRole('link', { name: 'Write', exact: true }).click();
    await this.writing().waitFor();
  }

  /** Opens the conversation that the list shows under a name. */
  async open(name: string): Promise<void> {
    await this.page.locator('.side').getByRole('link', { name }).first().click();
    await this.writing().waitFor();
  }

  /** Where messages are written. */
  writing(page = this.page): Locator {
    return page.getByRole('textbox', { name: 'Write a message' });
  }

  /** Writes into the conversation that is open. */
  async write(text: string, page = this.page): Promise<void> {
    await this.writing(page).fill(text);
    await this.writing(page).press('Enter');
    await this.message(text, page).waitFor();
  }

  /** A message of the conversation that is open. */
  message(text: string, page = this.page): Locator {
    return page.getByRole('article').filter({ hasText: text });
  }

  /** Waits until an own message is as far as that, or further. */
  async isMarked(text: string, mark: keyof typeof MARKS, page = this.page): Promise<void> {
    await this.message(text, page).getByRole('img', { name: MARKS[mark] }).first().waitFor({ state: 'attached' });
  }

  /** Waits until the picture of a message is drawn; asks for it, where it does not come by itself. @returns how wide it is, in points */
  async drawnWidth(message: Locator): Promise<number> {
    const ask = message.getByRole('button', { name: 'Show the picture' });
    const picture = message.locator('img.picture');
    // It may come by itself just when it is asked for.
    await Promise.any([picture.waitFor(), ask.click()]);
    return picture.evaluate(async (image) => {
      await (image as HTMLImageElement).decode();
      return (image as HTMLImageElement).naturalWidth;
    });
  }

  /** Another tab of the same browser. */
  async newTab(): Promise<Page> {
    const page = await this.context.newPage();
    await page.goto(this.#url);
    return page;
  }

  /** @throws Error with what went wrong in the pages so far */
  checkFaults(allowed: readonly RegExp[] = []): void {
    const faults = this.#faults.filter((fault) => !allowed.some((pattern) => pattern.test(fault)));
    if (faults.length > 0) throw new Error(`${this.name}: ${faults.join('\n')}`);
  }
}

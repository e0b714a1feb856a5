/** A person with the chat in a browser: what they do and see is what is on the page. */
import { readFile } from 'node:fs/promises';
import type { ID } from 'dimp';
import type { openBrowser } from 'web/browser';
import { Person as Visitor } from 'web/person';
import { Difference } from '../../exchange.ts';
import { dim } from '../../own/dim.ts';
import { PATIENCE_MS } from '../event-log.ts';
import type { NamedFile, Reading, Talker } from '../person.ts';

export type Browser = Awaited<ReturnType<typeof openBrowser>>;

/** What a person is given who asks for everything: as much of it as is read here. */
interface Exported {
  readonly conversations: readonly { readonly messages: readonly { readonly says: { readonly text?: string } }[] }[];
}

/** High, so that what one row writes is drawn, however much it is. */
const VIEWPORT = { width: 1000, height: 2000 };

export class PagePerson implements Talker {
  readonly name: string;
  readonly id: ID;
  readonly #visitor: Visitor;
  /** Those who were added, or said yes to. */
  readonly #met = new Set<string>();

  private constructor(visitor: Visitor, id: ID) {
    this.name = visitor.name;
    this.#visitor = visitor;
    this.id = id;
  }

  /** Makes an identity, of which nobody has heard, and waits until the station has taken it in. */
  static async come(browser: Browser, name: string, url: string): Promise<PagePerson> {
    const visitor = await Visitor.come(browser, name, url, { viewport: VIEWPORT });
    visitor.context.setDefaultTimeout(PATIENCE_MS);
    await visitor.makeIdentity();
    await visitor.isOnline();
    return new PagePerson(visitor, dim.ID.parse(await visitor.id()));
  }

  async stop(): Promise<void> {
    await this.#visitor.context.close();
  }

  async text(to: ID, words: string): Promise<void> {
    await this.#open(to);
    await this.#visitor.write(words);
  }

  async reads({ from, words }: Reading): Promise<void> {
    await this.#accept(from);
    await this.#open(from);
    const text = this.#visitor.message(words).locator('.said-text').last();
    const shown = (await text.textContent()) ?? '';
    if (shown !== words)
      throw new Difference(`${this.name} is shown "${shown.slice(0, 40)}" of ${shown.length} characters`);
  }

  async timesRead(words: string): Promise<number> {
    const { conversations } = await this.#exported();
    return conversations.flatMap(({ messages }) => messages).filter(({ says }) => says.text === words).length;
  }

  async isToldReceived(words: string, by: ID): Promise<void> {
    await this.#open(by);
    await this.#visitor.isMarked(words, 'delivered');
  }

  async sendFile(to: ID, { filename, data }: NamedFile): Promise<void> {
    const { page } = this.#visitor;
    await this.#open(to);
    const [chooser] = await Promise.all([
      page.waitForEvent('filechooser'),
      page.getByRole('button', { name: 'Attach files' }).click(),
    ]);
    await chooser.setFiles({ name: filename, mimeType: 'image/jpeg', buffer: Buffer.from(data) });
    await page.getByRole('dialog').getByRole('button', { name: 'Send', exact: true }).click();
    await this.#visitor.isMarked(filename, 'sent');
  }

  async receivesFile(from: ID, filename: string): Promise<Uint8Array> {
    await this.#open(from);
    const message = this.#visitor.message(filename);
    await message.waitFor();
    return this.#downloads(async () => message.getByRole('button', { name: 'Save', exact: true }).click());
  }

  /** Answers a text that is shown. */
  async answers(to: ID, quoted: string, words: string): Promise<void> {
    const { page } = this.#visitor;
    await this.#open(to);
    await this.#visitor.message(quoted).first().hover();
    await this.#visitor.message(quoted).first().getByRole('button', { name: 'What to do with this message' }).click();
    await page.getByRole('dialog').getByRole('button', { name: 'Reply', exact: true }).click();
    await this.#visitor.write(words);
  }

  /** Waits for an answer to a text, and for that text above it: with its own words, as only a message that is here has. */
  async readsAnswer(from: ID, quoted: string, words: string): Promise<void> {
    await this.reads({ from, words });
    const message = this.#visitor.message(words).last();
    await message.getByRole('button', { name: quoted }).waitFor();
  }

  /** Waits until somebody is called by the name that they chose. */
  async isToldName(of: ID, name: string): Promise<void> {
    await this.#visitor.goTo(`#/person/${encodeURIComponent(String(of))}`);
    await this.#visitor.page.locator('main').getByText(name).first().waitFor();
  }

  /** Waits for a name card, which says who it is by the ID. */
  async readsCard(from: ID, of: ID): Promise<void> {
    await this.#open(from);
    await this.#visitor
      .message('Name card')
      .filter({ hasText: String(of) })
      .first()
      .waitFor();
  }

  /** Waits for a picture that is drawn, and not merely named. */
  async seesPicture(from: ID, filename: string): Promise<void> {
    await this.#open(from);
    const width = await this.#visitor.drawnWidth(this.#visitor.message(filename));
    if (width === 0) throw new Difference(`${filename} is not drawn`);
  }

  /** @throws Error with what the browser complained of */
  checkFaults(): void {
    this.#visitor.checkFaults();
  }

  /** Says yes to who wrote first. */
  async #accept(from: ID): Promise<void> {
    if (this.#met.has(String(from))) return;
    await this.#visitor.goTo('#/');
    const request = this.#visitor.message(String(from));
    await request.getByRole('button', { name: 'Accept', exact: true }).click();
    await request.waitFor({ state: 'detached' });
    this.#met.add(String(from));
  }

  async #open(other: ID): Promise<void> {
    const id = String(other);
    if (!this.#met.has(id)) {
      await this.#visitor.add(id, '');
      this.#met.add(id);
      return;
    }
    await this.#visitor.goTo(`#/talk/${encodeURIComponent(id)}`);
    await this.#visitor.writing().waitFor();
  }

  async #exported(): Promise<Exported> {
    const { page } = this.#visitor;
    await this.#visitor.goTo('#/settings');
    const bytes = await this.#downloads(async () => page.getByRole('button', { name: 'Export everything' }).click());
    return JSON.parse(Buffer.from(bytes).toString()) as Exported;
  }

  async #downloads(start: () => Promise<void>): Promise<Uint8Array> {
    const [download] = await Promise.all([this.#visitor.page.waitForEvent('download'), start()]);
    return readFile(await download.path());
  }
}

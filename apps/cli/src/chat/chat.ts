/** A chat: one conversation is open, and others are heard of. It knows no terminal. */
import { TextContent, type Content, type ID } from 'dimp';
import type { Delivery, StoredMessage } from 'dimsdk';
import { wrong } from '../command/wrong.ts';
import type { CliContent, OpenClient } from '../messages/open-client.ts';
import { InOrder } from './in-order.ts';
import type { Names } from '../messages/names.ts';
import { NumberedMessages } from './numbered.ts';
import { sayingOf } from './saying.ts';
import { SentMessages } from './sent-messages.ts';
import type { View } from './view.ts';

/** How many messages are shown at once. */
const PAGE = 20;

/** So many of the messages that were shown are known again: the same one comes twice only around the opening. */
const KEPT = 5000;

/** What is read of unseen messages at once. */
const UNSEEN_PAGE = 1000;

type Stored = StoredMessage<CliContent>;

/** Shows one conversation, and sends into it. */
export class Chat {
  readonly open: OpenClient;
  readonly view: View;
  readonly names: Names;
  readonly numbered = new NumberedMessages();
  readonly sent = new SentMessages();
  readonly #inOrder = new InOrder();
  #current: ID | undefined;
  #oldest: Stored | undefined;
  /** The messages of this conversation that were shown since it was opened. */
  #shown = new Set<string>();

  constructor(open: OpenClient, view: View, names: Names) {
    this.open = open;
    this.view = view;
    this.names = names;
  }

  /** With whom the person talks. */
  get current(): ID | undefined {
    return this.#current;
  }

  /** @throws DimError `USAGE_ARGUMENT` where no conversation is open */
  requireCurrent(): ID {
    if (this.#current === undefined) throw wrong('with whom? /to WHO opens a conversation, /list shows them');
    return this.#current;
  }

  /** Opens a conversation, with its last messages; or with those that were not seen, and no others. */
  async talkTo(id: ID, { isUnseenOnly = false }: { readonly isUnseenOnly?: boolean } = {}): Promise<void> {
    await this.#inOrder.run(async () => {
      const { client } = this.open;
      const name = await this.names.of(id);
      this.#current = id;
      this.#shown = new Set();
      const unread = await client.conversations.unread(id);
      await this.view.show({ is: 'conversation', name, unread });
      this.view.talk(name);
      const messages = isUnseenOnly ? await this.#unseen(id, unread) : await this.#page(id, { atLeast: unread });
      await this.#showAll(messages, unread);
      this.#oldest = messages[0];
      if (unread > 0) await client.conversations.markSeen(id);
      if (!isUnseenOnly && !id.isGroup && !client.contact(id).isAdded && !name.isOwn)
        await this.notice(
          'no contact yet: /add ALIAS makes it one, /block reads nothing of it, /who shows the whole ID.',
        );
    });
  }

  /** Shows what was said before. @returns whether there was anything */
  async showEarlier(): Promise<boolean> {
    const id = this.requireCurrent();
    return this.#inOrder.run(async () => {
      const messages = await this.#page(id, { before: this.#oldest });
      if (messages.length === 0) return false;
      await this.notice(`${messages.length} earlier messages:`);
      await this.#showAll(messages, 0);
      await this.notice('up to here.');
      this.#oldest = messages[0];
      return true;
    });
  }

  /** Sends a text to whom the person talks with. */
  async say(text: string): Promise<Delivery> {
    return this.send(TextContent.create(text), this.requireCurrent());
  }

  /** Sends something, and shows it where its conversation is open. */
  async send(content: Content, receiver: ID): Promise<Delivery> {
    return this.#inOrder.run(async () => {
      const { client } = this.open;
      const delivery = await client.send(content, receiver);
      const stored = await client.conversations.message(delivery.id);
      if (stored !== undefined && this.isCurrent(receiver)) await this.#show(stored, true);
      return delivery;
    });
  }

  /** Something came, or was sent from another device. @returns whether it was shown */
  async arrived(key: string): Promise<{ readonly stored: Stored; readonly isShown: boolean } | undefined> {
    return this.#inOrder.run(async () => {
      const { conversations } = this.open.client;
      const stored = await conversations.message(key);
      if (stored === undefined) return undefined;
      if (!this.isCurrent(stored.conversation)) return { stored, isShown: false };
      await this.#show(stored);
      if (!stored.isOwn) await conversations.markSeen(stored.conversation);
      return { stored, isShown: true };
    });
  }

  /** A delivery is further. */
  async delivered(delivery: Delivery): Promise<void> {
    await this.#inOrder.run(async () => {
      const step = this.sent.step(delivery, await delivery.waitsFor());
      if (step !== undefined) await this.view.delivery(step);
    });
  }

  isCurrent(id: ID): boolean {
    return this.#current?.entityKey === id.entityKey;
  }

  /** Says something in a line. */
  async notice(text: string): Promise<void> {
    await this.view.show({ is: 'notice', text, json: { event: 'notice', text } });
  }

  /** The last messages, the oldest first. */
  async #page(
    id: ID,
    { before, atLeast = 0 }: { readonly before?: Stored | undefined; readonly atLeast?: number },
  ): Promise<readonly Stored[]> {
    const limit = Math.min(Math.max(PAGE, atLeast), 5 * PAGE);
    return oldestFirst(await this.open.client.conversations.messages(id, { before, limit }));
  }

  async #unseen(id: ID, unread: number): Promise<readonly Stored[]> {
    const found: Stored[] = [];
    for (let before: Stored | undefined; found.length < unread;) {
      const page = await this.open.client.conversations.messages(id, { before, limit: UNSEEN_PAGE });
      found.push(...page.filter(({ isOwn }) => !isOwn).slice(0, unread - found.length));
      before = page.at(-1);
      if (page.length < UNSEEN_PAGE) break;
    }
    return oldestFirst(found);
  }

  /** @param unread so many of those that came are new */
  async #showAll(messages: readonly Stored[], unread: number): Promise<void> {
    let seen = messages.filter(({ isOwn }) => !isOwn).length - unread;
    for (const stored of messages) {
      if (unread > 0 && !stored.isOwn && seen-- === 0) await this.notice(`${unread} new:`);
      await this.#show(stored);
    }
  }

  async #show(stored: Stored, isTyped = false): Promise<void> {
    const { key, sender, conversation, delivery: id } = stored;
    if (this.#shown.has(key)) return;
    this.#shown.add(key);
    const [oldest] = this.#shown;
    if (this.#shown.size > KEPT && oldest !== undefined) this.#shown.delete(oldest);
    const delivery = id === undefined ? undefined : await this.open.client.delivery(id);
    const message = this.numbered.number({
      stored,
      sender: await this.names.of(sender),
      conversation: await this.names.of(conversation),
      says: sayingOf(stored.content),
      state: delivery?.state,
    });
    this.sent.keep(message);
    await this.view.show({ is: 'message', message, isTyped });
  }
}

/** The store gives the newest first. */
function oldestFirst(messages: readonly Stored[]): readonly Stored[] {
  return messages.reduceRight<Stored[]>((all, one) => {
    all.push(one);
    return all;
  }, []);
}

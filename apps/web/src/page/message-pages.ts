/** Pages of messages of one conversation, as the engine gives them. */
import type { EngineLink } from '../link/engine-link.ts';
import type { MessageView } from '../protocol/views.ts';
import { comparePlaces } from './message-order.ts';

const PAGE_AGAIN = 200;

export interface PageAsked {
  readonly before?: MessageView;
  readonly after?: MessageView;
  readonly limit: number;
}

export class MessagePages {
  readonly #link: EngineLink;
  readonly #conversation: string;

  constructor(link: EngineLink, conversation: string) {
    this.#link = link;
    this.#conversation = conversation;
  }

  /** The oldest first. */
  async page({ before, after, limit }: PageAsked): Promise<readonly MessageView[]> {
    const place = (of: MessageView | undefined) => of && { key: of.key, time: of.time };
    const conversation = this.#conversation;
    return this.#link.call('messages', { conversation, before: place(before), after: place(after), limit });
  }

  /** A message, if it is of this conversation. */
  async one(key: string): Promise<MessageView | undefined> {
    const message = await this.#link.call('message', { key });
    return message?.conversation === this.#conversation ? message : undefined;
  }

  /**
   * All from a message on, as they are now: to the end, or at least to another one.
   * @param to undefined: to the end
   */
  async from(
    first: MessageView,
    to: MessageView | undefined,
  ): Promise<{ readonly messages: readonly MessageView[]; readonly hasNewer: boolean }> {
    const itself = await this.one(first.key);
    const messages = itself === undefined ? [] : [itself];
    for (let after = first; ;) {
      const page = await this.page({ after, limit: PAGE_AGAIN });
      messages.push(...page);
      after = page.at(-1) ?? after;
      if (page.length < PAGE_AGAIN) return { messages, hasNewer: false };
      if (to !== undefined && comparePlaces(after, to) >= 0) return { messages, hasNewer: true };
    }
  }
}

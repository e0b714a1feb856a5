/**
 * Combined forward: a piece of a chat's history, in the clear.
 *
 * `{ "type": "207", "sn", "time", "group"?, "title"?, "messages": [ {instant message}, … ] }`
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  type ContentDefinition,
  type ContentInit,
  type CreateContentOptions,
  type InstantMessage,
} from 'dkd';
import { readersOfFields } from 'dkd/internal';
import { checkArguments, optionalTextOf } from 'dkd/extend';
import { itemsOf } from '../fields/items.ts';

/** A piece of a chat's history. That these messages were ever sent is only what the sender says. */
export class CombineForwardContent extends Content {
  readonly kind = 'combine-forward';
  readonly title: string | undefined = optionalTextOf(this.fields, 'title');
  readonly messages: readonly InstantMessage[];

  constructor(init: ContentInit, messages: readonly InstantMessage[]) {
    super(init);
    this.messages = messages;
  }

  /**
   * A new content of messages that were decrypted.
   *
   * @example
   * ```ts
   * import { ANYONE, CombineForwardContent, Envelope, InstantMessage, TextContent } from 'dimp';
   *
   * const envelope = Envelope.create({ sender: ANYONE, receiver: ANYONE });
   * const messages = [InstantMessage.create(envelope, TextContent.create('Hi'))];
   * CombineForwardContent.create(messages, { title: 'Our chat' }).title; // Our chat
   * ```
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(messages: readonly InstantMessage[], options: CreateCombineOptions = {}): CombineForwardContent {
    return checkArguments(() => {
      const { title, ...common } = options;
      return createContent(combineForwardDefinition, { title, messages }, common);
    });
  }
}

/** Options of a new combined forward. */
export interface CreateCombineOptions extends CreateContentOptions {
  readonly title?: string;
}

/** Reads combined forwards; one bad message in it is an error of the whole. */
export const combineForwardDefinition: ContentDefinition<CombineForwardContent> = /* @__PURE__ */ defineContent({
  type: ContentType.COMBINE_FORWARD,
  kind: 'combine-forward',
  read: (init, readers) =>
    new CombineForwardContent(
      init,
      itemsOf(init.fields, 'messages', (item) => readersOfFields(readers).readInstantMessage(item)),
    ),
});

/**
 * Forward content ("top secret"): messages for someone else, still encrypted and signed.
 *
 * `{ "type": "255", "sn", "time", "group"?, "secrets": [ {reliable message}, … ] }` · for one also
 * `"forward": {reliable message}`
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  DimError,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type JsonMap,
  type ReliableMessage,
} from 'dkd';
import { optionalFieldOf, within } from 'dkd/extend';
import { readersOfFields } from 'dkd/internal';
import { optionalItemsOf } from '../fields/items.ts';

/** Messages for someone else. Nothing in them is authenticated before each is verified. */
export class ForwardContent extends Content {
  readonly kind = 'forward';
  /** The messages, from `forward` or `secrets`; at least one. */
  readonly messages: readonly ReliableMessage[];

  constructor(init: ContentInit, messages: readonly ReliableMessage[]) {
    super(init);
    this.messages = messages;
  }

  /**
   * A new content that carries one message or more.
   *
   * @example
   * ```ts
   * import { ForwardContent, type ReliableMessage } from 'dimp';
   *
   * function wrap(message: ReliableMessage): ForwardContent {
   *   return ForwardContent.create(message);
   * }
   * ```
   * @throws DimError `USAGE_ARGUMENT` for no message at all
   */
  static create(
    messages: ReliableMessage | readonly ReliableMessage[],
    options: CreateContentOptions = {},
  ): ForwardContent {
    // A list, for one message as well: that is the shape of today.
    const secrets = Array.isArray(messages) ? messages : [messages];
    return createContent(forwardDefinition, { secrets }, options);
  }
}

/** Reads forwards; one bad message in it is an error of the whole. */
export const forwardDefinition: ContentDefinition<ForwardContent> = /* @__PURE__ */ defineContent({
  type: ContentType.FORWARD,
  kind: 'forward',
  read: (init, readers) => new ForwardContent(init, readMessages(init.fields, readers)),
});

function readMessages(fields: JsonMap, given: ContentReaders): readonly ReliableMessage[] {
  const readers = readersOfFields(given);
  const single = optionalFieldOf(fields, 'forward');
  const secrets = optionalItemsOf(fields, 'secrets', (item) => readers.readReliableMessage(item));
  const hasSecrets = secrets !== undefined && secrets.length > 0;
  if (single === undefined) {
    if (hasSecrets) return secrets;
    throw new DimError('INPUT_MISSING', 'must hold at least one message', { path: 'secrets' });
  }
  // Which of the two is meant, a reader could only guess.
  if (hasSecrets) throw new DimError('INPUT_CONFLICT', 'must not stand beside secrets', { path: 'forward' });
  return Object.freeze([within('forward', () => readers.readReliableMessage(single))]);
}

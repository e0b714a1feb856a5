/**
 * Quote content: a text that answers an earlier message.
 *
 * `{ "type": "55", "sn", "time", "group"?, "text", "origin": { "sender": ID, "receiver"?: ID, "type"?, "sn"?, "time"? } }`
 */
import {
  changeFields,
  Content,
  ContentType,
  defineContent,
  mapOf,
  newContentInit,
  optionalTimeOf,
  readContentType,
  readOptional,
  readRequired,
  readSerialNumber,
  textOf,
  within,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type ID,
  type InstantMessage,
  type JsonMap,
  type SerialNumber,
} from 'dkd';

/** Which message a quote is about. */
export interface QuoteOrigin {
  readonly sender: ID;
  /** Who it was for: a user, or the group. */
  readonly receiver?: ID | undefined;
  /** The type of its content, in digits. */
  readonly type?: string | undefined;
  /** The serial number of its content. */
  readonly sn?: SerialNumber | undefined;
  /** Seconds since 1970. */
  readonly time?: number | undefined;
}

/** A text that answers an earlier message. Whether there was such a message is for the reader to look up. */
export class QuoteContent extends Content {
  readonly kind = 'quote';
  /** The answer. */
  readonly text: string = textOf(this.fields, 'text');
  /** The message that it answers. */
  readonly origin: QuoteOrigin;

  constructor(init: ContentInit, origin: QuoteOrigin) {
    super(init);
    this.origin = origin;
  }

  /**
   * A new answer to the message that `origin` names.
   *
   * @example
   * ```ts
   * import { ANYONE, QuoteContent } from 'dimp';
   *
   * QuoteContent.create('Me too', { sender: ANYONE, sn: 123 }).origin.sn; // 123
   * ```
   */
  static create(text: string, origin: QuoteOrigin, options: CreateContentOptions = {}): QuoteContent {
    const { sender, receiver, type, sn, time } = origin;
    const map = changeFields({}, { sender: sender.toString(), receiver: receiver?.toString(), type, sn, time });
    const init = newContentInit(ContentType.QUOTE, { text, origin: map }, options);
    return new QuoteContent(init, Object.freeze({ sender, receiver, type, sn, time }));
  }

  /** A new answer to a message; in the message's group, if it has one. */
  static reply(text: string, message: InstantMessage, options: CreateContentOptions = {}): QuoteContent {
    const { sender, content } = message;
    const group = content.group ?? message.group;
    const origin = { sender, receiver: group ?? message.receiver, type: content.type, sn: content.sn };
    return QuoteContent.create(text, origin, group === undefined ? options : { group, ...options });
  }
}

/** Reads quotes. */
export const quoteDefinition: ContentDefinition<QuoteContent> = /* @__PURE__ */ defineContent({
  type: ContentType.QUOTE,
  read(init, readers) {
    const origin = mapOf(init.fields, 'origin');
    return new QuoteContent(
      init,
      within('origin', () => readOrigin(origin, readers)),
    );
  },
});

function readOrigin(origin: JsonMap, readers: ContentReaders): QuoteOrigin {
  return Object.freeze({
    sender: readRequired(origin, 'sender', (id) => readers.readId(id)),
    receiver: readOptional(origin, 'receiver', (id) => readers.readId(id)),
    type: readOptional(origin, 'type', readContentType),
    sn: readOptional(origin, 'sn', readSerialNumber),
    time: optionalTimeOf(origin, 'time'),
  });
}

/**
 * Quote content: a text that answers an earlier message.
 *
 * `{ "type": "55", "sn", "time", "group"?, "text", "origin": { "sender": ID, "receiver"?: ID, "type"?, "sn"?, "time"? } }`
 */
import {
  Content,
  ContentType,
  createContent,
  defineContent,
  type ContentDefinition,
  type ContentInit,
  type ContentReaders,
  type CreateContentOptions,
  type ID,
  type InstantMessage,
  type JsonMap,
  type SerialNumber,
} from 'dkd';
import {
  checkArguments,
  mapOf,
  optionalTimeOf,
  readContentType,
  optionalOf,
  requiredOf,
  readSerialNumber,
  textOf,
  within,
} from 'dkd/extend';

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
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(text: string, origin: QuoteOrigin, options: CreateContentOptions = {}): QuoteContent {
    return checkArguments(() => {
      const { sender, receiver, type, sn, time } = origin;
      return createContent(quoteDefinition, { text, origin: { sender, receiver, type, sn, time } }, options);
    });
  }

  /**
   * A new answer to a message. It is in the group that the content was written for; the group and the receiver on the
   * envelope are the word of those who carried the message.
   * @throws DimError `USAGE_ARGUMENT`
   */
  static reply(text: string, message: InstantMessage, options: CreateContentOptions = {}): QuoteContent {
    return checkArguments(() => {
      const { sender, content } = message;
      const { group, type, sn } = content;
      const receiver = group ?? userOf(message.receiver);
      return QuoteContent.create(text, { sender, receiver, type, sn }, { ...(group && { group }), ...options });
    });
  }
}

/** Reads quotes. */
export const quoteDefinition: ContentDefinition<QuoteContent> = /* @__PURE__ */ defineContent({
  type: ContentType.QUOTE,
  kind: 'quote',
  read(init, readers) {
    const origin = mapOf(init.fields, 'origin');
    return new QuoteContent(
      init,
      within('origin', () => readOrigin(origin, readers)),
    );
  },
});

/** A group on the envelope alone says nothing: the message may have been for a user. */
function userOf(receiver: ID): ID | undefined {
  return receiver.isGroup && !receiver.isBroadcast ? undefined : receiver;
}

function readOrigin(origin: JsonMap, readers: ContentReaders): QuoteOrigin {
  return Object.freeze({
    sender: requiredOf(origin, 'sender', (id) => readers.readId(id)),
    receiver: optionalOf(origin, 'receiver', (id) => readers.readId(id)),
    type: optionalOf(origin, 'type', readContentType),
    sn: optionalOf(origin, 'sn', readSerialNumber),
    time: optionalTimeOf(origin, 'time'),
  });
}

/**
 * Sent content: what a person sent on one device, for the other ones.
 *
 * `{ "type": "204", "sn", "time", "app": "chat.dim.device", "mod": "sent", "act": "copy", "receiver": ID,
 * "content": {content}, "terminal"? }`
 */
import {
  createCustomized,
  defineCustomized,
  ModuleContent,
  type Content,
  type ContentReaders,
  type CreateContentOptions,
  type CustomizedDefinition,
  type CustomizedInit,
  type ID,
} from 'dimp';
import { optionalTextOf, requiredOf } from 'dimp/extend';

/** A copy of what was sent, from a device of the same person. From anybody else it means nothing. */
export class SentContent extends ModuleContent {
  readonly kind = 'sent';
  /** Whom it was sent to. */
  readonly receiver: ID;
  /** What was sent. */
  readonly copy: Content;
  /** The terminal of the device that sent it; undefined for one without. */
  readonly terminal: string | undefined = optionalTextOf(this.fields, 'terminal');

  constructor(init: CustomizedInit, parts: Pick<SentContent, 'receiver' | 'copy'>) {
    super(init);
    this.receiver = parts.receiver;
    this.copy = parts.copy;
  }

  /**
   * A new copy.
   * @param options.terminal of this device
   * @throws DimError `USAGE_ARGUMENT`
   */
  static create(
    copy: Content,
    receiver: ID,
    { terminal, ...options }: CreateContentOptions & { readonly terminal?: string | undefined } = {},
  ): SentContent {
    return createCustomized(sentDefinition, 'copy', { receiver, content: copy, terminal }, options);
  }
}

/** Reads copies of what was sent. */
export const sentDefinition: CustomizedDefinition<SentContent> = /* @__PURE__ */ defineCustomized({
  app: 'chat.dim.device',
  mod: 'sent',
  kind: 'sent',
  read: (init: CustomizedInit, readers: ContentReaders) =>
    new SentContent(init, {
      receiver: requiredOf(init.fields, 'receiver', (value) => readers.readId(value)),
      copy: requiredOf(init.fields, 'content', (value) => readers.readContent(value)),
    }),
});

/** Messages of conversations, in and out. Table `message`; the partition is the conversation, the order the time. */
import type { Content, ID, JsonMap, MessageContext } from 'dimp';
import { mapOf, optionalTextOf, readBoolean, textOf, fieldOf } from 'dimp/extend';
import { defineTable, definedFields, type Table } from '../store/own-rows.ts';
import { numberOf } from '../store/row-fields.ts';

/** A message of a conversation. */
export interface StoredMessage<C extends Content = Content> {
  /** Unique. For one that came in, the same as `Received.key`. */
  readonly key: string;
  /** The other user, or the group. */
  readonly conversation: ID;
  readonly sender: ID;
  readonly content: C;
  /**
   * When it was written, by its writer's clock, but not after it came; in seconds since 1970. Where a sender wrote several in
   * one moment of that clock, microseconds are added, so that they stand in the order in which they came.
   */
  readonly time: number;
  /** When it came to this device, or was sent from it. */
  readonly receivedAt: number;
  /** Whether this person wrote it, on whichever device. */
  readonly isOwn: boolean;
  /** Whether nobody but its receivers could read it on its way. */
  readonly wasEncrypted: boolean;
  /** For one that was sent from this device: see `client.delivery`. */
  readonly delivery: string | undefined;
}

/** The messages of a client. */
export function messageTable<C extends Content>(dim: MessageContext<C>): Table<StoredMessage<C>> {
  return defineTable<StoredMessage<C>>({
    table: 'message',
    toRow: ({ key, conversation, sender, content, time, receivedAt, isOwn, wasEncrypted, delivery }) => ({
      key,
      partition: conversation.entityKey,
      order: time,
      value: definedFields({
        conversation: conversation.toString(),
        sender: sender.toString(),
        content: content.fields,
        receivedAt,
        isOwn,
        wasEncrypted,
        delivery,
      }),
    }),
    fromRow: ({ key, order, value }) => ({
      key,
      conversation: dim.ID.parse(textOf(value, 'conversation')),
      sender: dim.ID.parse(textOf(value, 'sender')),
      content: dim.Content.parse(mapOf(value, 'content')),
      time: order,
      receivedAt: numberOf(value, 'receivedAt'),
      isOwn: flagOf(value, 'isOwn'),
      wasEncrypted: flagOf(value, 'wasEncrypted'),
      delivery: optionalTextOf(value, 'delivery'),
    }),
  });
}

function flagOf(fields: JsonMap, name: string): boolean {
  return readBoolean(fieldOf(fields, name));
}

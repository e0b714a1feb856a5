/**
 * Arrivals: contents that came in and were not handled yet. Table `arrival`, in one partition, in the order in which they came.
 * Each goes away in the commit that keeps what its handlers want.
 */
import type { Content, MessageContext } from 'dimp';
import { mapOf, optionalTextOf, readBoolean, textOf, fieldOf } from 'dimp/extend';
import type { Received } from '../ports/handler.ts';
import { defineTable, definedFields, type Table } from '../store/own-rows.ts';
import { numberOf } from '../store/row-fields.ts';

/** The one partition. */
export const ARRIVALS = '';

/** A content that came in, with its place among others. */
export interface Arrival<C extends Content = Content> extends Received<C> {
  /** The message as it came, to be kept; undefined where that is to be written anew, and where it is kept. */
  readonly bytes: Uint8Array | undefined;
  /** In seconds since 1970; no two have the same. */
  readonly order: number;
  /** Whether a reply to the sender may go out by itself: not where somebody else handed it on. */
  readonly mayReply: boolean;
  /** Whether the handlers that run inside the commit have run. */
  readonly isReacted: boolean;
}

/** The key of a content, by the key of its message and its place among those of an array. */
export function arrivalKey(messageKey: string, index: number): string {
  return index === 0 ? messageKey : `${messageKey}#${index}`;
}

/** Whether a content is the first one of its message, by its key. */
export function isFirst(key: string): boolean {
  // Names are in front of the last blank, and may have this sign; what is behind it has none of its own.
  return key.lastIndexOf('#') < key.lastIndexOf(' ');
}

/** The arrivals of a client. */
export function arrivalTable<C extends Content>(dim: MessageContext<C>): Table<Arrival<C>> {
  return defineTable<Arrival<C>>({
    table: 'arrival',
    toRow: ({ key, order, content, sender, group, wasEncrypted, message, bytes, receivedAt, mayReply, isReacted }) => ({
      key,
      partition: ARRIVALS,
      order,
      value: definedFields({
        content: content.fields,
        sender: sender.toString(),
        group: group?.toString(),
        wasEncrypted,
        receivedAt,
        mayReply,
        isReacted,
      }),
      bytes: bytes ?? message.encode(),
    }),
    fromRow: ({ key, order, value, bytes = new Uint8Array() }) => {
      const group = optionalTextOf(value, 'group');
      return {
        key,
        order,
        content: dim.Content.parse(mapOf(value, 'content')),
        sender: dim.ID.parse(textOf(value, 'sender')),
        group: group === undefined ? undefined : dim.ID.parse(group),
        wasEncrypted: readBoolean(fieldOf(value, 'wasEncrypted')),
        message: dim.ReliableMessage.decode(bytes),
        bytes: undefined,
        receivedAt: numberOf(value, 'receivedAt'),
        mayReply: readBoolean(fieldOf(value, 'mayReply')),
        isReacted: readBoolean(fieldOf(value, 'isReacted')),
      };
    },
  });
}

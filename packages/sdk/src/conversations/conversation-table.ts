/**
 * Conversations: one row for each, so that a list of them costs by what is shown and not by how many there are. Table
 * `conversation`; the partition is whether its person is known, the order when something last came or went in it.
 */
import type { ID, MessageContext } from 'dimp';
import { textOf } from 'dimp/extend';
import { defineTable, type Table } from '../store/own-rows.ts';
import { numberOf } from '../store/row-fields.ts';

/** Whether a conversation is with somebody, or in a group, that this person has to do with. */
export type ConversationKind = 'known' | 'stranger';

/** What is kept of a conversation. */
export interface ConversationRecord {
  readonly id: ID;
  readonly kind: ConversationKind;
  /** When something last came or went, in seconds since 1970; no two have the same. */
  readonly changedAt: number;
  /** When the first message came. */
  readonly since: number;
  /** How many messages are kept of a stranger, and how long their contents are; not counted of others. */
  readonly messages: number;
  readonly length: number;
}

/** The conversations of a client. */
export function conversationTable({ ID: ids }: Pick<MessageContext, 'ID'>): Table<ConversationRecord> {
  return defineTable<ConversationRecord>({
    table: 'conversation',
    toRow: ({ id, kind, changedAt, since, messages, length }) => ({
      key: id.entityKey,
      partition: kind,
      order: changedAt,
      value: { id: id.toString(), since, messages, length },
    }),
    fromRow: ({ partition, order, value }) => ({
      id: ids.parse(textOf(value, 'id')),
      kind: partition === 'known' ? 'known' : 'stranger',
      changedAt: order,
      since: numberOf(value, 'since'),
      messages: numberOf(value, 'messages'),
      length: numberOf(value, 'length'),
    }),
  });
}

/** The row of a conversation with somebody who is known. */
export function knownConversation(id: ID, changedAt: number): ConversationRecord {
  return { id: id.entity, kind: 'known', changedAt, since: changedAt, messages: 0, length: 0 };
}

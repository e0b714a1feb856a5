/**
 * Drafts: contents that are still to be packed for one user, because they have to wait for a visa, for members, or for those
 * before them. Table `draft`; the partition is the receiver.
 */
import { fieldOf, mapOf, optionalTextOf, textOf } from 'dimp/extend';
import type { ID, JsonMap, MessageContext } from 'dimp';
import { defineTable, definedFields, type Table } from '../store/own-rows.ts';
import { numberOf } from '../store/row-fields.ts';

/** A content for one receiver. */
export interface Draft {
  /** Unique. */
  readonly key: string;
  /** Of which delivery; undefined for what the client sends by itself. */
  readonly delivery: string | undefined;
  /** A user, a terminal, a broadcast ID; a group whose members are not known yet. */
  readonly receiver: ID;
  readonly content: JsonMap;
  /** When it was queued, in seconds since 1970; no two have the same. */
  readonly queuedAt: number;
  /** When it is too late for it, in seconds since 1970. */
  readonly expiresAt: number;
  /** Whether it answers something that came in, so that others decide how much there is of it. */
  readonly isReply?: boolean | undefined;
}

/** How many replies may wait for one receiver: a stranger chooses how many there are. */
export const MAX_REPLIES = 64;

/** How long they may wait, in seconds: a day. */
export const REPLY_AGE = 24 * 60 * 60;

/** The drafts of a client. */
export function draftTable({ ID: ids }: Pick<MessageContext, 'ID'>): Table<Draft> {
  return defineTable<Draft>({
    table: 'draft',
    toRow: ({ key, delivery, receiver, content, queuedAt, expiresAt, isReply }) => ({
      key,
      partition: receiver.entityKey,
      order: queuedAt,
      value: definedFields({
        delivery,
        receiver: receiver.toString(),
        content,
        expiresAt,
        isReply: isReply === true || undefined,
      }),
    }),
    fromRow: ({ key, order, value }) => ({
      key,
      delivery: optionalTextOf(value, 'delivery'),
      receiver: ids.parse(textOf(value, 'receiver')),
      content: mapOf(value, 'content'),
      queuedAt: order,
      expiresAt: numberOf(value, 'expiresAt'),
      isReply: fieldOf(value, 'isReply') === true,
    }),
  });
}

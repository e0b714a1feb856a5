/**
 * Messages that came in another one, which is read and will not come again, and are not read themselves yet. Table `handed-on`,
 * in one partition. Each goes away in the commit that keeps what became of it.
 */
import { textOf } from 'dimp/extend';
import type { ID, MessageContext } from 'dimp';
import { defineTable, type Table } from '../store/own-rows.ts';

/** The one partition. */
export const HANDED_ON = '';

/** A message that came in another one. */
export interface HandedOnMessage {
  readonly key: string;
  readonly bytes: Uint8Array;
  /** Who handed it on. */
  readonly forwarder: ID;
  /** In seconds since 1970; no two have the same. */
  readonly order: number;
}

/** The messages that others have handed on to a client. */
export function handedOnTable({ ID: ids }: Pick<MessageContext, 'ID'>): Table<HandedOnMessage> {
  return defineTable<HandedOnMessage>({
    table: 'handed-on',
    toRow: ({ key, bytes, forwarder, order }) => ({
      key,
      partition: HANDED_ON,
      order,
      value: { forwarder: forwarder.toString() },
      bytes,
    }),
    fromRow: ({ key, order, value, bytes = new Uint8Array() }) => ({
      key,
      order,
      forwarder: ids.parse(textOf(value, 'forwarder')),
      bytes,
    }),
  });
}

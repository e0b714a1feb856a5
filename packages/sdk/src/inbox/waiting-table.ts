/**
 * Waiting messages: they came in, and something is missing to read them. Table `waiting`; the partition is the sender, the
 * order that in which they came. Nothing in them is verified.
 */
import { textOf, optionalTextOf, optionalListOf } from 'dimp/extend';
import type { ID, MessageContext, Missing } from 'dimp';
import { defineTable, definedFields, type Table } from '../store/own-rows.ts';

/** A message that waits. */
export interface WaitingMessage {
  readonly key: string;
  /** As the envelope says. */
  readonly sender: ID;
  readonly bytes: Uint8Array;
  /** Who handed it on, where that was not the network itself. */
  readonly forwarder: ID | undefined;
  /** What it waits for: see {@link missingKey}. Nothing but time, where it is empty. */
  readonly missing: readonly string[];
  /** When it came, in seconds since 1970; no two have the same. */
  readonly receivedAt: number;
}

/** What is missing of whom, as one text. A blank is in no ID. */
export function missingKey(what: Missing['what'], id: ID): string {
  return `${what} ${id.entityKey}`;
}

/** The waiting messages of a client. */
export function waitingTable({ ID: ids }: Pick<MessageContext, 'ID'>): Table<WaitingMessage> {
  return defineTable<WaitingMessage>({
    table: 'waiting',
    toRow: ({ key, sender, bytes, forwarder, missing, receivedAt }) => ({
      key,
      partition: sender.entityKey,
      order: receivedAt,
      value: definedFields({ sender: sender.toString(), forwarder: forwarder?.toString(), missing }),
      bytes,
    }),
    fromRow: ({ key, order, value, bytes = new Uint8Array() }) => {
      const forwarder = optionalTextOf(value, 'forwarder');
      return {
        key,
        sender: ids.parse(textOf(value, 'sender')),
        bytes,
        forwarder: forwarder === undefined ? undefined : ids.parse(forwarder),
        missing: (optionalListOf(value, 'missing') ?? []).map(String),
        receivedAt: order,
      };
    },
  });
}

/** Deliveries: what a person sent, and how far it is. Table `delivery`, in the partitions `open` and `done`. */
import { DimError, type ErrorCode, type JsonMap, type MessageContext, type ID } from 'dimp';
import { mapOf, optionalMapOf, optionalTextOf, textOf } from 'dimp/extend';
import { defineTable, definedFields, type Table } from '../store/own-rows.ts';
import { numberOf } from '../store/row-fields.ts';

/**
 * How far a delivery is.
 *
 * - `queued`: it is on the disk here, and goes out as soon as it can.
 * - `sent`: a station has it, for all receivers.
 * - `delivered`: a device of each receiver has it, and said so with its own signature.
 * - `failed`: it will not go out any more, to nobody or to some only; {@link DeliveryRecord.error} says why.
 */
export type DeliveryState = 'queued' | 'sent' | 'delivered' | 'failed';

/**
 * What a delivery waits for.
 *
 * - `network`: a station, or its word that it has it.
 * - `receiver`: the station was asked for the keys of a receiver and has none: nobody was there yet with that ID. It goes out by
 *   itself once they have been there.
 */
export type DeliveryWait = 'network' | 'receiver';

/** What is kept of a delivery. */
export interface DeliveryRecord {
  readonly id: string;
  /** Whom it was sent to: a user, a terminal, a group, or everybody. */
  readonly receiver: ID;
  /** The content as it was written. */
  readonly content: JsonMap;
  readonly state: DeliveryState;
  /** When it was queued, in seconds since 1970; no two have the same. */
  readonly queuedAt: number;
  /** How many users it goes to; 0 while the members of a group are not known. */
  readonly recipients: number;
  /** For how many of them a station has it. */
  readonly sent: number;
  /** How many of them have it. */
  readonly delivered: number;
  /** For how many of them it will not go out any more: the others still get it. */
  readonly failed: number;
  /** Of how many nothing more will be heard, though a station has it for them. */
  readonly unheard: number;
  /** Why it failed, for the first of them. */
  readonly error: DimError | undefined;
  /** Whether nothing happens to it any more. */
  readonly isClosed: boolean;
}

/** The deliveries of a client. */
export function deliveryTable({ ID: ids }: Pick<MessageContext, 'ID'>): Table<DeliveryRecord> {
  return defineTable<DeliveryRecord>({
    table: 'delivery',
    toRow: ({ id, receiver, queuedAt, error, isClosed, failed, unheard, ...rest }) => ({
      key: id,
      partition: isClosed ? 'done' : 'open',
      order: queuedAt,
      value: definedFields({
        receiver: receiver.toString(),
        ...rest,
        // Most have none, as earlier versions wrote.
        failed: failed || undefined,
        unheard: unheard || undefined,
        error: error && { code: error.code, reason: error.reason, path: error.path },
      }),
    }),
    fromRow: ({ key, partition, order, value }) => {
      const error = optionalMapOf(value, 'error');
      return {
        id: key,
        receiver: ids.parse(textOf(value, 'receiver')),
        content: mapOf(value, 'content'),
        state: textOf(value, 'state') as DeliveryState,
        queuedAt: order,
        recipients: numberOf(value, 'recipients'),
        sent: numberOf(value, 'sent'),
        delivered: numberOf(value, 'delivered'),
        failed: value['failed'] === undefined ? 0 : numberOf(value, 'failed'),
        unheard: value['unheard'] === undefined ? 0 : numberOf(value, 'unheard'),
        error: error && readError(error),
        isClosed: partition === 'done',
      };
    },
  });
}

function readError(fields: JsonMap): DimError {
  const code = textOf(fields, 'code') as ErrorCode;
  return new DimError(code, textOf(fields, 'reason'), { path: optionalTextOf(fields, 'path') ?? '' });
}

/** A delivery as its counts say. Where it has failed for some, that is so once it is out for all others. */
export function counted(record: DeliveryRecord): DeliveryRecord {
  const { recipients, sent, delivered, failed } = record;
  if (sent + failed < recipients) return record;
  if (failed > 0) return { ...record, state: 'failed' };
  return { ...record, state: delivered > 0 && delivered >= recipients ? 'delivered' : 'sent' };
}

/** A delivery as it is now: closed, where nothing more can come of it. */
export function closedIfOver(record: DeliveryRecord): DeliveryRecord {
  const { state, recipients, delivered, failed, unheard } = record;
  // Everybody, and stations, say nothing. Where it has failed for some, the others still say that they have it.
  const isOver = state === 'delivered' || (state !== 'queued' && delivered + failed + unheard >= recipients);
  return isOver && !record.isClosed ? { ...record, isClosed: true } : record;
}

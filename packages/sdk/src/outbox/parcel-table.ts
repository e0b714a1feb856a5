/**
 * Parcels: packed messages on their way to one user each. Table `parcel`.
 *
 * | partition | where it is | how it goes on |
 * |---|---|---|
 * | `queued` | here | the station's transport has it: `sent` |
 * | `sent` | on its way to the station's store | a receipt of the station: `stored`; after a new connection without one: `queued` |
 * | `stored` | at the station, as far as anybody can know | a receipt of the receiver: it is removed |
 */
import { encodeBase64, textOf, optionalTextOf } from 'dimp/extend';
import type { ID, MessageContext, ReliableMessage } from 'dimp';
import { defineTable, definedFields, type Table } from '../store/own-rows.ts';
import { numberOf } from '../store/row-fields.ts';

/** Where a parcel is. */
export type ParcelState = (typeof PARCEL_STATES)[number];

/** All places: the partitions of the table. */
export const PARCEL_STATES = ['queued', 'sent', 'stored'] as const;

/** A message for one user. */
export interface Parcel {
  readonly key: string;
  /** Of which delivery; undefined for what the client sends by itself. */
  readonly delivery: string | undefined;
  readonly receiver: ID;
  readonly state: ParcelState;
  /** When it was packed, in seconds since 1970: its age, whatever goes out before it. */
  readonly packedAt: number;
  /** Where it stands among the others: when it was packed, or put behind them; no two have the same. */
  readonly place: number;
  /** When its state changed last, in seconds since 1970. */
  readonly changedAt: number;
  /** How often it was handed to a connection. */
  readonly attempts: number;
  /** The package; undefined once it is stored. */
  readonly bytes: Uint8Array | undefined;
}

/** The key of a parcel: receipts name the signature, and parts of one message for several members share it. */
export function parcelKey(signature: Uint8Array | string, receiver: ID): string {
  const text = typeof signature === 'string' ? signature : encodeBase64(signature);
  return `${text} ${receiver.entityKey}`;
}

/** The key of the parcel that a message becomes. */
export function keyOfMessage({ signature, receiver }: ReliableMessage): string {
  return parcelKey(signature, receiver);
}

/** The parcels of a client. */
export function parcelTable({ ID: ids }: Pick<MessageContext, 'ID'>): Table<Parcel> {
  return defineTable<Parcel>({
    table: 'parcel',
    toRow: ({ key, delivery, receiver, state, packedAt, place, changedAt, attempts, bytes }) => ({
      key,
      partition: state,
      order: place,
      value: definedFields({
        delivery,
        receiver: receiver.toString(),
        packedAt: packedAt === place ? undefined : packedAt,
        changedAt,
        attempts,
      }),
      bytes: state === 'stored' ? undefined : bytes,
    }),
    fromRow: ({ key, partition, order, value, bytes }) => ({
      key,
      delivery: optionalTextOf(value, 'delivery'),
      receiver: ids.parse(textOf(value, 'receiver')),
      state: partition as ParcelState,
      // Most stand where they were packed, and so do all that earlier versions wrote.
      packedAt: value['packedAt'] === undefined ? order : numberOf(value, 'packedAt'),
      place: order,
      changedAt: numberOf(value, 'changedAt'),
      attempts: numberOf(value, 'attempts'),
      bytes,
    }),
  });
}

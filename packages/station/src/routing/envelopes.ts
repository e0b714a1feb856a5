/** What a station writes into the envelope of what passes. */
import type { Dim, JsonMap, JsonValue, ReliableMessage } from 'dimp';
import type { ReceivedMessage } from '../messages/received-message.ts';
import { fieldsToAdd, hasStationFields, withFields, withoutStationFields } from '../messages/station-fields.ts';
import type { StationParts } from '../sessions/parts.ts';
import type { Session } from '../sessions/session.ts';

/** A message with these fields, in the place of what stations wrote there before. */
export function withEnvelope({ bytes, message }: ReceivedMessage, envelope: JsonMap): Uint8Array {
  const names = new Set([...Object.keys(envelope), 'rcpt', 'neighbor']);
  const rest = hasStationFields(message.fields, names) ? withoutStationFields(bytes, names) : bytes;
  return withFields(rest, fieldsToAdd(envelope));
}

/** Says that a message has been here. */
export function traceHere({ self, clock }: StationParts): JsonValue {
  const id = self.toString();
  return { ID: id, did: id, time: clock.now() };
}

/** Where the sender is, so that others can answer to that terminal. */
export function fromOf(dim: Dim, { isOfNeighbor, terminal }: Session, { fields, sender }: ReliableMessage): JsonMap {
  if (!isOfNeighbor) return terminal === undefined ? {} : { from: `/${terminal}` };
  const { from } = fields;
  const isSender = typeof from === 'string' && (from.startsWith('/') || dim.ID.tryParse(from)?.equals(sender) === true);
  return isSender ? { from } : {};
}

/** Whether another station has split a message already. */
export function isForPart({ fields }: ReliableMessage): boolean {
  return fields['rcpt'] !== undefined;
}

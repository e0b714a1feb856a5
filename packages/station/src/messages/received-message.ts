/** A message as it came to the station, read, and without what others wrote into its envelope. */
import { createHash } from 'node:crypto';
import type { Dim, ReliableMessage } from 'dimp';
import { hasStationFields, withoutStationFields } from './station-fields.ts';

/** A message, and its bytes. */
export interface ReceivedMessage {
  readonly message: ReliableMessage;
  /** As the sender wrote it. */
  readonly bytes: Uint8Array;
  /** Names it: a digest of the sender, the receiver and the whole signature. */
  readonly mark: string;
  /** As the JSON has it. */
  readonly signature: string;
}

/**
 * Reads a message.
 * @param isFromStation whether it came from a station that this one trusts: then what stations wrote stays
 * @throws DimError `INPUT_…`, `UNSUPPORTED_…`
 */
export function readMessage(dim: Dim, given: Uint8Array, isFromStation: boolean): ReceivedMessage {
  const read = dim.ReliableMessage.decode(given);
  if (isFromStation || !hasStationFields(read.fields)) return received(read, given);
  const bytes = withoutStationFields(given);
  return received(dim.ReliableMessage.decode(bytes), bytes);
}

function received(message: ReliableMessage, bytes: Uint8Array): ReceivedMessage {
  const { sender, receiver, fields } = message;
  const { signature } = fields;
  const written = typeof signature === 'string' ? signature : '';
  return { message, bytes, signature: written, mark: markOf(sender.entityKey, receiver.entityKey, message.signature) };
}

function markOf(sender: string, receiver: string, signature: Uint8Array): string {
  // A blank is in no ID.
  return createHash('sha256')
    .update(`${sender} ${receiver} `)
    .update(signature)
    .digest('base64url')
    .slice(0, MARK_LENGTH);
}

/** 144 bits of the digest. */
const MARK_LENGTH = 24;

/** A message as it came to the station, read, and without what others wrote into its envelope. */
import { createHash } from 'node:crypto';
import { DimError, type Dim, type ReliableMessage } from 'dimp';
import { decodeUtf8 } from 'dimp/extend';
import { forEachMember } from 'dimsdk/internal';
import { hasStationFields, withoutStationFields } from './station-fields.ts';

/** A message, and its bytes. */
export interface ReceivedMessage {
  readonly message: ReliableMessage;
  /** As the sender wrote it. */
  readonly bytes: Uint8Array;
  /** Names it: a digest of the sender, the receiver, for whom it has keys, and the whole signature. */
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
  checkNames(given);
  if (isFromStation || !hasStationFields(read.fields)) return received(read, given);
  const bytes = withoutStationFields(given);
  return received(dim.ReliableMessage.decode(bytes), bytes);
}

function received(message: ReliableMessage, bytes: Uint8Array): ReceivedMessage {
  const { signature } = message.fields;
  const written = typeof signature === 'string' ? signature : '';
  return { message, bytes, signature: written, mark: markOf(message) };
}

function markOf({ sender, receiver, keys, signature }: ReliableMessage): string {
  const hash = createHash('sha256');
  // A blank is in no ID. With keys for other devices it is another message, though the same was signed.
  for (const part of [sender.entityKey, receiver.entityKey, ...keys.keys()]) hash.update(part).update(' ');
  return hash.update(signature).digest('base64url').slice(0, MARK_LENGTH);
}

/**
 * Of two fields of one name, some take the first one, and others the last.
 * @throws DimError `INPUT_CONFLICT`
 */
function checkNames(bytes: Uint8Array): void {
  const names = new Set<unknown>();
  forEachMember(decodeUtf8(bytes), ({ name }) => {
    const read: unknown = JSON.parse(name);
    if (names.has(read)) throw new DimError('INPUT_CONFLICT', 'is there twice', { path: String(read) });
    names.add(read);
  });
}

/** 144 bits of the digest. */
const MARK_LENGTH = 24;

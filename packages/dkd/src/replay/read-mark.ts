/** Read marks: which message was read by whom, as a value to be kept. */
import { DimError, type ID } from 'mkm';
import { encodeBase64 } from 'mkm/extend';
import type { HashContext } from '../context/hash-context.ts';
import type { Content } from '../contents/content.ts';
import type { ReliableMessage } from '../messages/reliable-message.ts';
import { dataBytesOf } from '../messages/secure-message.ts';

/** That a user has read a message. The same message, in whatever envelope it comes, has the same mark. */
export interface ReadMark {
  /** Who read it, without a terminal. */
  readonly reader: ID;
  /** Who wrote it, without a terminal. */
  readonly sender: ID;
  /** The message among all of its sender: a hash of the data, which is what the sender signed. 24 characters. */
  readonly id: string;
  /** The time in the content, which the sender signed, in seconds since 1970. */
  readonly time: number;
}

/** A hash is cut to this: enough against collisions that somebody makes on purpose, as nobody gains by one. */
const HASH_BYTES = 16;

/**
 * The mark of a message that was verified and decrypted.
 * @param reader the user who reads it
 * @throws DimError `INPUT_MISSING` when its content has no time: without one, it would have to be remembered for ever
 */
export function readMarkOf(context: HashContext, reader: ID, message: ReliableMessage, content: Content): ReadMark {
  if (content.time === undefined)
    throw new DimError('INPUT_MISSING', 'is needed to tell a repeated message', { path: 'content.time' });
  return {
    reader: reader.entity,
    sender: message.sender.entity,
    // Not by the serial number too: in CBC whoever changes the IV may change it, and would have the message read again.
    id: encodeBase64(context.sha256(dataBytesOf(message)).subarray(0, HASH_BYTES)),
    time: content.time,
  };
}

/** A text that is equal for two marks exactly when they mark the same: the key for maps and tables. */
export function readMarkKey({ reader, sender, id }: ReadMark): string {
  return `${pairKey(reader, sender)} ${id}`;
}

/** Reader and sender as one text. A blank is in no ID, so that no two pairs make one text. */
export function pairKey(reader: ID, sender: ID): string {
  return `${reader.entityKey} ${sender.entityKey}`;
}

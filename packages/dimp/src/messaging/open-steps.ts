/** The steps of opening a message, one after the other: whoever explains a message takes the same ones. */
import {
  decryptMessage,
  DimError,
  keyDirection,
  type Content,
  type DecryptedMessage,
  type DecryptOptions,
  type EnvelopeProof,
  type ID,
  type InstantMessage,
  type MessageContext,
  type ReadMark,
  type ReliableMessage,
  type VerifiedMessage,
} from 'dkd';
import { ENVELOPE_PROOF } from 'dkd/internal';
import { wrongStore } from '../memory/from-store.ts';
import type { Memory } from '../memory/memory.ts';
import { keptKeys, ReceivedKeys } from '../message-keys/message-keys.ts';
import { privateKeysOf } from '../trust/own-keys.ts';
import { withBegun } from './decrypt-ahead.ts';

/** How far the times of messages may be from now where each is to be read once, in seconds. */
export interface ReplayLimits {
  /** How old a content may be; 30 days, if not given. Marks of older ones need not be kept any longer. */
  readonly maxAge?: number;
  /** How far the sender's clock may be ahead of ours; a day, if not given. */
  readonly maxSkew?: number;
}

/** A decrypted message, and the keys of its direction that came in before. */
export interface ReceivedMessage<C extends Content> extends DecryptedMessage<C> {
  readonly receivedKeys: ReceivedKeys;
}

const DAY = 24 * 60 * 60;

/** @throws DimError `NOT_RECIPIENT` for what is written to another user */
export function checkReceiver(receiver: ID, self: ID): void {
  if (receiver.isBroadcast || receiver.isGroup || receiver.equals(self)) return;
  throw new DimError('NOT_RECIPIENT', 'the message is for another user', { path: 'receiver' });
}

/**
 * Decrypts a message whose sender is known.
 * @throws DimError `NOT_RECIPIENT`, `MISSING_PRIVATE_KEY`, `MISSING_MESSAGE_KEY`, `CRYPTO_DECRYPT`; `INPUT_…` for a bad content
 */
export async function decryptReceived<C extends Content>(
  context: MessageContext<C>,
  memory: Memory,
  verified: VerifiedMessage,
  self: ID,
): Promise<ReceivedMessage<C>> {
  const received = verified.message;
  const direction = keyDirection(received);
  const kept = received.envelope.isBroadcast ? [] : await keptKeys(memory, direction, 'receive');
  const receivedKeys = new ReceivedKeys(context, direction, kept);
  const secrets = await secretsFor(context, memory, received, { self, receivedKeys });
  return { ...(await decryptMessage(context, verified, { receiver: self, ...secrets })), receivedKeys };
}

/** What may decrypt a message: of all that memory has, only what this message needs. */
async function secretsFor(
  context: MessageContext,
  memory: Memory,
  received: ReliableMessage,
  { self, receivedKeys }: { readonly self: ID; readonly receivedKeys: ReceivedKeys },
): Promise<Omit<DecryptOptions, 'receiver'>> {
  if (received.envelope.isBroadcast) return {};
  if (!received.hasKey) return { reusedKeys: receivedKeys.readable() };
  return { privateKeys: withBegun(received, await privateKeysOf(context, memory, self)) };
}

/** @throws DimError `INPUT_REPLAY`, `INPUT_TOO_EARLY`, `INPUT_TOO_LATE` for what is not to be read, or not yet */
export async function checkUnread(memory: Memory, mark: ReadMark, limits: ReplayLimits, now: number): Promise<void> {
  const { maxAge = 30 * DAY, maxSkew = DAY } = limits;
  const path = 'content.time';
  const state = await memory.readState(mark);
  if (state === 'read') throw new DimError('INPUT_REPLAY', 'the message was read before');
  if (mark.time > now + maxSkew || state === 'early')
    throw new DimError('INPUT_TOO_EARLY', 'is in the future: try again later', { path });
  if (mark.time < now - maxAge)
    throw new DimError('INPUT_TOO_LATE', `is more than maxAge, ${maxAge} seconds, ago`, { path });
  if (state === 'forgotten')
    throw new DimError('INPUT_TOO_LATE', 'is too long ago to tell whether it was read before', { path });
  if (state !== 'new') throw wrongStore('readState', mark.sender, 'no state of a message');
}

/**
 * How many seconds the envelope's time is later than the content's; undefined when one of them has none.
 * @throws DimError `INPUT_CONFLICT` for more than the limit
 */
export function compareTimes({ time, content }: InstantMessage, max = Infinity): number | undefined {
  const difference = time === undefined || content.time === undefined ? undefined : time - content.time;
  // Whoever takes a time away must gain nothing by it.
  if (max !== Infinity && !(Math.abs(difference ?? Infinity) <= max))
    throw new DimError('INPUT_CONFLICT', 'is too far from the time of the content', { path: 'time' });
  return difference;
}

/**
 * What the envelope says of the content must be what the content says, whether or not the envelope is signed.
 * @throws DimError `INPUT_CONFLICT`
 */
export function checkAgreement({ envelope, content }: InstantMessage, proof: EnvelopeProof | undefined): void {
  const { receiver, group, type } = envelope;
  if (type !== undefined && type !== content.type) {
    throw new DimError('INPUT_CONFLICT', 'differs from the type of the content', { path: 'type' });
  }
  if (group !== undefined) checkGroup(content, group, 'group');
  // A broadcast may be about any group. To a group goes what was written for it, and nothing that a relay sends there.
  if (receiver.isGroup && !receiver.isBroadcast) checkGroup(content, receiver, 'receiver');
  if (proof?.group !== undefined) checkGroup(content, proof.group, `${ENVELOPE_PROOF}.receiver`);
}

function checkGroup(content: Content, group: ID, path: string): void {
  if (content.group?.equals(group) === true) return;
  throw new DimError('INPUT_CONFLICT', 'differs from the group of the content', { path });
}

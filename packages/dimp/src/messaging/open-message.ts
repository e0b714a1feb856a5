/** Opening a message: from what came in to what it says, and what is to be remembered of it. */
import {
  canDecrypt,
  decryptMessage,
  DimError,
  keyDirection,
  type Content,
  type DecryptOptions,
  type EnvelopeProof,
  type ID,
  type InstantMessage,
  type MessageContext,
  type ReadMark,
  type ReliableMessage,
  type SymmetricKey,
  type TerminalKey,
} from 'dkd';
import { typeName } from 'dkd/extend';
import { ENVELOPE_PROOF, readMarkOf, timeBy } from 'dkd/internal';
import { authenticate, type AuthenticatedMessage, type AuthenticateOptions } from '../trust/authenticate.ts';
import type { Change, Plan } from '../memory/change.ts';
import { wrongStore } from '../memory/from-store.ts';
import type { Memory } from '../memory/memory.ts';
import { checkFlag, checkLimit, checkLocalUser, ownMessage } from '../trust/check-options.ts';
import { ownKeys } from '../trust/own-keys.ts';
import { keptKeys, ReceivedKeys } from '../message-keys/message-keys.ts';

/** How far the times of messages may be from now where each is to be read once, in seconds. */
export interface ReplayLimits {
  /** How old a content may be; 30 days, if not given. Marks of older ones need not be kept any longer. */
  readonly maxAge?: number;
  /** How far the sender's clock may be ahead of ours; a day, if not given. */
  readonly maxSkew?: number;
}

/** For whom to open a message, and how strictly. */
export interface OpenOptions extends AuthenticateOptions {
  /** The local user; with a terminal where this device has a key of its own. */
  readonly self: ID;
  /** Limits of what is read once; `false` where the application finds repeated messages by itself. */
  readonly replay?: ReplayLimits | false | undefined;
  /**
   * Refuses messages whose envelope and content name times that are further apart, in seconds, or whose envelope names
   * none. People may write a content long before they send it, so that there is no limit, if not given.
   */
  readonly maxTimeDifference?: number | undefined;
}

/** A message that was verified and decrypted. */
export interface UnpackedMessage<C extends Content> extends Omit<AuthenticatedMessage, 'message'> {
  readonly content: C;
  /** Who wrote it. Its terminal is not among what is signed, and so not here. */
  readonly sender: ID;
  /**
   * The group that it was written for. Its members are not asked: what a former member writes, or anybody who knows the
   * group, is opened as any other, and whether the sender is one is for the application to see.
   */
  readonly group: ID | undefined;
  /** Whether nobody but its receivers could read it on its way; false for broadcasts. */
  readonly wasEncrypted: boolean;
  /**
   * The key that encrypted it; undefined for broadcasts. Deployed clients encrypt the file at the URL of a content with it,
   * where the content has no key of its own.
   */
  readonly messageKey: SymmetricKey | undefined;
  /** How many seconds the envelope's time is later than the content's; undefined when one of them has none. */
  readonly timeDifference: number | undefined;
  readonly message: InstantMessage<C>;
}

const DAY = 24 * 60 * 60;

/**
 * Verifies and decrypts a message. Nothing is written: the changes of the plan are to be committed before the content is
 * used, so that it is read once.
 *
 * @throws DimError `NOT_RECIPIENT`; `MISSING_META`, `MISSING_PRIVATE_KEY`, `MISSING_MESSAGE_KEY`; `CRYPTO_VERIFY`,
 * `CRYPTO_DECRYPT`, `CRYPTO_META_CHANGED`; `INPUT_REPLAY`, `INPUT_TOO_EARLY`, `INPUT_TOO_LATE`; `INPUT_…` for a bad content
 */
export async function openMessage<C extends Content>(
  context: MessageContext<C>,
  memory: Memory,
  given: ReliableMessage,
  options: OpenOptions,
): Promise<Plan<UnpackedMessage<C>>> {
  const { self } = options;
  checkOpenOptions(options);
  const received = ownMessage(context, given);
  const now = timeBy(options.clock);
  checkReceiver(received.receiver, self);
  const sender = await authenticate(context, memory, received, options);
  const { message: verified, authenticated, introduction } = sender.value;
  const direction = keyDirection(received);
  const kept = received.envelope.isBroadcast ? [] : await keptKeys(memory, direction, 'receive');
  const receivedKeys = new ReceivedKeys(context, direction, kept);
  const secrets = await secretsFor(context, memory, received, { self, receivedKeys });
  const { message, messageKey } = await decryptMessage(context, verified, { receiver: self, ...secrets });
  const { content } = message;
  checkAgreement(message, received.envelopeProof);
  const timeDifference = compareTimes(message, options.maxTimeDifference);
  const mark = options.replay === false ? undefined : readMarkOf(context, self, received, content);
  if (mark !== undefined) await checkUnread(memory, mark, options.replay || {}, now);
  const keys = messageKey === undefined ? [] : receivedKeys.keep(messageKey, received.keyDigest !== undefined, now);
  const changes: Change[] = [...sender.changes, ...keys];
  if (mark !== undefined) changes.push({ do: 'mark-read', mark });
  const value = {
    content,
    sender: message.sender.entity,
    group: content.group,
    wasEncrypted: messageKey !== undefined,
    messageKey,
    authenticated,
    introduction,
    timeDifference,
    message,
  };
  return { value, changes };
}

/** @throws DimError `USAGE_ARGUMENT` for options that would switch off what they are to limit */
export function checkOpenOptions({ self, replay, maxTimeDifference, requireEnvelopeProof }: OpenOptions): void {
  checkLocalUser(self);
  checkFlag(requireEnvelopeProof, 'requireEnvelopeProof');
  checkLimit(maxTimeDifference, 'maxTimeDifference');
  if (replay === undefined || replay === false) return;
  // A cast lets anything in here.
  if (!isLimits(replay))
    throw new DimError('USAGE_ARGUMENT', `must be limits or false, not ${typeName(replay)}`, { path: 'replay' });
  checkLimit(replay.maxAge, 'replay.maxAge');
  checkLimit(replay.maxSkew, 'replay.maxSkew');
}

function isLimits(replay: unknown): boolean {
  return typeof replay === 'object' && replay !== null && !Array.isArray(replay);
}

function checkReceiver(receiver: ID, self: ID): void {
  if (receiver.isBroadcast || receiver.isGroup || receiver.equals(self)) return;
  throw new DimError('NOT_RECIPIENT', 'the message is for another user', { path: 'receiver' });
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
  const { identity, decrypt } = await ownKeys(context, memory, self);
  // Senders use the identity key only where they know no visa.
  const byIdentity: TerminalKey[] = identity !== undefined && canDecrypt(identity) ? [{ key: identity }] : [];
  return { privateKeys: [...decrypt, ...byIdentity] };
}

async function checkUnread(memory: Memory, mark: ReadMark, limits: ReplayLimits, now: number): Promise<void> {
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

function compareTimes({ time, content }: InstantMessage, max = Infinity): number | undefined {
  const difference = time === undefined || content.time === undefined ? undefined : time - content.time;
  // Whoever takes a time away must gain nothing by it.
  if (max !== Infinity && !(Math.abs(difference ?? Infinity) <= max))
    throw new DimError('INPUT_CONFLICT', 'is too far from the time of the content', { path: 'time' });
  return difference;
}

/** What the envelope says of the content must be what the content says, whether or not the envelope is signed. */
function checkAgreement({ envelope, content }: InstantMessage, proof: EnvelopeProof | undefined): void {
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

/** Opening a message: from what came in to what it says, and what is to be remembered of it. */
import {
  DimError,
  type Content,
  type ID,
  type InstantMessage,
  type MessageContext,
  type ReliableMessage,
  type SymmetricKey,
} from 'dkd';
import { typeName } from 'dkd/extend';
import { readMarkOf, timeBy } from 'dkd/internal';
import type { Change, Plan } from '../memory/change.ts';
import type { Memory } from '../memory/memory.ts';
import type { LongWork } from '../pace/long-work.ts';
import { authenticate, type AuthenticatedMessage, type AuthenticateOptions } from '../trust/authenticate.ts';
import { checkFlag, checkLimit, checkLocalUser, ownMessage } from '../trust/check-options.ts';
import {
  checkAgreement,
  checkReceiver,
  checkUnread,
  compareTimes,
  decryptReceived,
  type ReplayLimits,
} from './open-steps.ts';

export type { ReplayLimits };

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
  return openInSteps(context, memory, given, options);
}

/** {@link openMessage}, among many others. @param work pauses before what takes long */
export async function openInSteps<C extends Content>(
  context: MessageContext<C>,
  memory: Memory,
  given: ReliableMessage,
  options: OpenOptions,
  work?: LongWork,
): Promise<Plan<UnpackedMessage<C>>> {
  const { self } = options;
  checkOpenOptions(options);
  const received = ownMessage(context, given);
  const now = timeBy(options.clock);
  checkReceiver(received.receiver, self);
  const sender = await authenticate(context, memory, received, options);
  const { message: verified, authenticated, introduction } = sender.value;
  const pause = received.hasKey ? work?.pause() : undefined;
  if (pause !== undefined) await pause;
  const { message, messageKey, receivedKeys } = await decryptReceived(context, memory, verified, self);
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
export function checkOpenOptions(options: OpenOptions): void {
  checkLocalUser(options.self);
  checkStrictness(options);
}

/** How strictly to open a message, whoever it is for. */
export type Strictness = Omit<OpenOptions, 'self'>;

/** @throws DimError `USAGE_ARGUMENT` for options that would switch off what they are to limit */
export function checkStrictness({ replay, maxTimeDifference, requireEnvelopeProof }: Strictness): void {
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

/** What is in a message: opened by the steps of a messenger, or read where it lies in the clear. Nothing is marked as read. */
import {
  InstantMessage,
  type Content,
  type DimError,
  type ID,
  type JsonMap,
  type MessageContext,
  type ReliableMessage,
  type Result,
} from 'dkd';
import { fieldOf, isJsonMap, parseJsonMap, within } from 'dkd/extend';
import { readMarkOf } from 'dkd/internal';
import { withLenientContents } from '../context/lenient-contents.ts';
import type { Memory } from '../memory/memory.ts';
import type { Strictness } from '../messaging/open-message.ts';
import {
  checkAgreement,
  checkReceiver,
  checkUnread,
  compareTimes,
  decryptReceived,
  type ReceivedMessage,
} from '../messaging/open-steps.ts';
import type { ReadSender } from './explain-sender.ts';
import { kindOf } from './explain-form.ts';
import { attempt, attemptNow, errorOf } from './fault.ts';
import type { ContentSource } from './opening-explanation.ts';
import type { ReadPackage } from './read-package.ts';

/** For whom, when, and how strictly. */
export type ReadContentOptions = Strictness & {
  readonly self: ID | undefined;
  /** Seconds since 1970. */
  readonly now: number;
};

/** The steps of a messenger, as far as they could be taken. */
export interface ReadContent {
  readonly receiver: Result<void> | undefined;
  readonly decrypted: Result<ReceivedMessage<Content>> | undefined;
  readonly agreement: Result<void> | undefined;
  readonly times: Result<number | undefined> | undefined;
  readonly unread: Result<void> | undefined;
  /** What is in it, whether or not a messenger would give it out. */
  readonly found: FoundContent | undefined;
}

/** A content, or what is wrong with it. */
export interface FoundContent {
  readonly from: ContentSource;
  /** Where it is damaged, with the fields that all contents have. */
  readonly content: Content | undefined;
  readonly fault: DimError | undefined;
}

export async function readContent(
  context: MessageContext,
  memory: Memory,
  { read, from }: { readonly read: ReadPackage; readonly from: ReadSender | undefined },
  options: ReadContentOptions,
): Promise<ReadContent> {
  const { self } = options;
  const whole = read.decoded.ok ? read.decoded.value : undefined;
  const receiver = self && whole && attemptNow(() => checkReceiver(whole.receiver, self));
  const isReady = receiver?.ok === true && from?.proof?.ok === true;
  const verified = isReady && from.sender.ok ? from.sender.value.message : undefined;
  const decrypt = (reader: MessageContext) =>
    self && verified && attempt(async () => decryptReceived(reader, memory, verified, self));
  const decrypted = await decrypt(context);
  const found =
    (await findEncrypted(context, decrypted, decrypt)) ?? findClear(context, read, from?.sender.ok === true);
  const message = decrypted?.ok === true ? decrypted.value.message : asInstant(read.message, found?.content);
  return {
    receiver,
    decrypted,
    agreement: message && attemptNow(() => checkAgreement(message, read.message?.envelopeProof)),
    times: message && attemptNow(() => compareTimes(message, options.maxTimeDifference)),
    unread:
      decrypted?.ok === true && whole !== undefined && self !== undefined && options.replay !== false
        ? await isUnread(context, memory, { self, message: whole, content: decrypted.value.message.content }, options)
        : undefined,
    found,
  };
}

type Decrypt = (reader: MessageContext) => Promise<Result<ReceivedMessage<Content>>> | undefined;

async function findEncrypted(
  context: MessageContext,
  decrypted: Result<ReceivedMessage<Content>> | undefined,
  decrypt: Decrypt,
): Promise<FoundContent | undefined> {
  if (decrypted === undefined) return undefined;
  if (decrypted.ok) {
    const { message, messageKey } = decrypted.value;
    const from = messageKey === undefined ? 'clear-and-signed' : 'decrypted';
    return { from, content: message.content, fault: undefined };
  }
  const { error } = decrypted;
  // It decrypted, and is no good content. Of what did not decrypt nothing is told, nor asked a second time.
  if (!error.path.startsWith('content')) return undefined;
  const again = await decrypt(withLenientContents(context));
  const content = again?.ok === true ? again.value.message.content : undefined;
  const isBroadcast = again?.ok === true && again.value.messageKey === undefined;
  return { from: isBroadcast ? 'clear-and-signed' : 'decrypted', content, fault: error };
}

/** The content of a broadcast, or of a message that nobody encrypted. */
function findClear(context: MessageContext, read: ReadPackage, isSigned: boolean): FoundContent | undefined {
  const { fields } = read;
  if (fields === undefined) return undefined;
  const map = clearMapOf(context, read, fields);
  if (map === undefined) return undefined;
  const from = isSigned && read.message !== undefined ? 'clear-and-signed' : 'clear-and-unsigned';
  const content = map.ok ? attemptNow(() => within('content', () => context.Content.parse(map.value))) : map;
  if (content.ok) return { from, content: content.value, fault: undefined };
  const lenient = map.ok ? withLenientContents(context).Content.tryParse(map.value) : undefined;
  return { from, content: lenient, fault: content.error };
}

function clearMapOf(context: MessageContext, read: ReadPackage, fields: JsonMap): Result<JsonMap> | undefined {
  const data = fieldOf(fields, 'data');
  const content = fieldOf(fields, 'content');
  if (isJsonMap(content) && data === undefined) return { ok: true, value: content };
  if (kindOf(fields) === 'content') return { ok: true, value: fields };
  if (read.message?.envelope.isBroadcast !== true || typeof data !== 'string') return undefined;
  return attemptNow(() => within('data', () => parseJsonMap(data, context.limits)));
}

function asInstant(message: ReliableMessage | undefined, content: Content | undefined): InstantMessage | undefined {
  return message && content && InstantMessage.create(message.envelope, content);
}

async function isUnread(
  context: MessageContext,
  memory: Memory,
  { self, message, content }: { readonly self: ID; readonly message: ReliableMessage; readonly content: Content },
  { replay, now }: ReadContentOptions,
): Promise<Result<void>> {
  return attempt(async () => {
    const mark = readMarkOf(context, self, message, content);
    await checkUnread(memory, mark, replay === false ? {} : (replay ?? {}), now);
  });
}

/** What a messenger would end with: the first step that goes wrong, in its order. */
export function endOf(
  { decoded }: ReadPackage,
  from: ReadSender | undefined,
  { receiver, decrypted, agreement, times, unread }: Omit<ReadContent, 'found'>,
): DimError | undefined {
  const steps = [decoded, receiver, from?.sender, from?.proof, decrypted, agreement, times, unread];
  return steps.map((step) => errorOf(step)).find((error) => error !== undefined);
}

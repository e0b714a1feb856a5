/** Reading messages that came in: those of one sender in order, and again as soon as one of them tells what another lacks. */
import type { DimError } from 'dimp';
import {
  AttachmentContent,
  isDimError,
  openMessage,
  readMarkKey,
  type Change,
  type Content,
  type ID,
  type Missing,
  type Plan,
  type ReliableMessage,
  type UnpackedMessage,
} from 'dimp';
import { changeFields, encodeBase64 } from 'dimp/extend';
import { beginAhead, decryptAhead, openInSteps, type LongWork } from 'dimp/internal';
import { longWork } from '../device/long-work.ts';
import type { MessageOptions, OwnDevice } from '../device/own-device.ts';
import { isOwnFault } from '../store/own-fault.ts';
import { missingKey, type WaitingMessage } from './waiting-table.ts';

/** A message that came by itself, and what it may still bring: all that is in it shares that. */
export interface Origin {
  /** Who made it come. */
  readonly by: ID;
  /** How many answers there may still be to what is in it. */
  answers: number;
  /** How many messages may still be in it. */
  messages: number;
}

/** A message to be read. */
export interface Unread {
  readonly message: ReliableMessage;
  /** As it came; undefined for one that was in another. */
  readonly bytes?: Uint8Array | undefined;
  /** Who handed it on, where that was not the network itself. */
  readonly forwarder?: ID | undefined;
  /** What came with it in one message; undefined for one that came by itself. */
  readonly origin?: Origin | undefined;
  /** In how many messages it is. */
  readonly depth?: number | undefined;
  /** The key of its row among those that came in others. */
  readonly handedOn?: string | undefined;
  /** Where it waited until now. */
  readonly waited?: WaitingMessage | undefined;
}

/** A message that was read. */
export interface Read<C extends Content> extends Unread {
  readonly unpacked: UnpackedMessage<C>;
  readonly changes: readonly Change[];
  /** Unique among all that this person received. */
  readonly key: string;
}

/** What became of a message. */
export type Outcome<C extends Content> =
  | { readonly is: 'read'; readonly unread: Unread; readonly read: Read<C> }
  | { readonly is: 'waiting'; readonly unread: Unread; readonly missing: readonly Missing[] }
  | { readonly is: 'refused'; readonly unread: Unread; readonly error: DimError };

/** Decides of a message that was opened whether it may be read now. */
export type Gate<C extends Content> = (
  unpacked: UnpackedMessage<C>,
  unread: Unread,
) => Promise<{ readonly missing: readonly Missing[] } | { readonly error: DimError } | undefined>;

/**
 * Reads messages of one sender, and stages what they change. Inside `exclusive` alone.
 * @returns what became of each, in their order
 */
export async function readInOrder<C extends Content>(
  device: OwnDevice<C>,
  options: MessageOptions,
  unread: readonly Unread[],
  gate: Gate<C>,
  work = longWork(device.clock),
): Promise<readonly Outcome<C>[]> {
  const outcomes = new Map<Unread, Outcome<C>>();
  // What waits for a key or for members is no more readable by a message that brings neither, and costs work to try.
  const isNew = unread.some(({ waited }) => waited === undefined);
  let pending = unread.filter(({ waited }) => !isNew || waited === undefined || mayBeReadable(waited));
  for (;;) {
    let hasLearned = false;
    const begun = beginAhead(pending, { most: pending.length > 1 ? AHEAD : 1 }, async (one) => {
      await work.pause();
      if (pending.length > 1) await decryptAhead(device.dim, device.store, one.message, device.self);
      return one;
    });
    for await (const one of begun) {
      await work.pause();
      const outcome = await readOne(device, options, one, { gate, work });
      outcomes.set(one, outcome);
      if (outcome.is !== 'read') continue;
      device.store.stage({ changes: outcome.read.changes });
      hasLearned ||= outcome.read.changes.some(({ do: what }) => LEARNED.has(what));
    }
    pending = unread.filter((one) => (outcomes.get(one)?.is ?? 'waiting') === 'waiting');
    if (!hasLearned || pending.length === 0) break;
  }
  return unread.map((one) => outcomes.get(one)).filter((outcome) => outcome !== undefined);
}

function mayBeReadable({ missing, sender }: WaitingMessage): boolean {
  return missing.length === 0 || missing.includes(missingKey('meta', sender));
}

/** Of how many messages of one sender the keys are decrypted before it is their turn. */
const AHEAD = 32;

/** Changes by which a message may become readable that was not. */
const LEARNED: ReadonlySet<Change['do']> = new Set(['pin-meta', 'keep-document', 'keep-message-key']);

async function readOne<C extends Content>(
  device: OwnDevice<C>,
  options: MessageOptions,
  unread: Unread,
  { gate, work }: { readonly gate: Gate<C>; readonly work: LongWork },
): Promise<Outcome<C>> {
  try {
    const { value, changes } = await open(device, options, unread, work);
    const unpacked = withFileKey(device, value);
    const held = await gate(unpacked, unread);
    if (held !== undefined && 'error' in held) return { is: 'refused', unread, error: held.error };
    if (held !== undefined) return { is: 'waiting', unread, missing: held.missing };
    return { is: 'read', unread, read: { ...unread, unpacked, changes, key: keyOf(unread, changes) } };
  } catch (error) {
    if (!isDimError(error) || isOwnFault(error)) throw error;
    const isMissing = error.code.startsWith('MISSING_');
    // One of the two clocks is wrong, and it may be ours: it is tried again while it may still become right.
    return isMissing || error.code === 'INPUT_TOO_EARLY' || error.code === 'INPUT_TOO_LATE'
      ? { is: 'waiting', unread, missing: error.missing }
      : { is: 'refused', unread, error };
  }
}

async function open<C extends Content>(
  device: OwnDevice<C>,
  options: MessageOptions,
  { message, forwarder }: Unread,
  work: LongWork,
): Promise<Plan<UnpackedMessage<C>>> {
  const { dim, store, self, clock } = device;
  const openOptions = { ...options, self, clock: () => clock.now() };
  if (forwarder === undefined || !message.envelope.isBroadcast)
    return openInSteps(dim, store, message, openOptions, work);
  // A statement that anybody may hand on counts however old it is, and comes again: its handlers know it by its signature.
  const statement = await openMessage(dim, store, message, { ...openOptions, replay: false });
  return isStatement(statement.value.content) ? statement : openMessage(dim, store, message, openOptions);
}

/** Deployed clients encrypt a file with the key of the message, and say so by saying nothing. */
function withFileKey<C extends Content>({ dim }: OwnDevice<C>, unpacked: UnpackedMessage<C>): UnpackedMessage<C> {
  const { content, messageKey } = unpacked;
  if (!(content instanceof AttachmentContent) || content.url === undefined || content.key !== undefined)
    return unpacked;
  if (messageKey === undefined) return unpacked;
  return { ...unpacked, content: dim.Content.parse(changeFields(content.fields, { key: messageKey.fields })) };
}

/** What is said to all, once and for good: the history of a group, metas and documents. */
function isStatement(content: Content): boolean {
  return content.type === HISTORY || content.kind === 'documents' || content.kind === 'meta';
}

/** `ContentType.HISTORY`. */
const HISTORY = '137';

function keyOf({ message }: Unread, changes: readonly Change[]): string {
  const marked = changes.find((change) => change.do === 'mark-read');
  if (marked !== undefined) return readMarkKey(marked.mark);
  return `${message.sender.entityKey} ${encodeBase64(message.signature)}`;
}

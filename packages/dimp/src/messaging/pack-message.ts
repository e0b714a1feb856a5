/** Packing a message: from a content to what goes out, and what is to be remembered of it. */
import {
  DimError,
  encryptMessage,
  Envelope,
  InstantMessage,
  keyDirection,
  broadcastMessage,
  proveEnvelope,
  signMessage,
  Visa,
  type Content,
  type EncryptKey,
  type HashContext,
  type ID,
  type JsonMap,
  type MessageContext,
  type Missing,
  type ReliableMessage,
  type SecureMessage,
  type SignKey,
  type SignOptions,
  type TerminalKey,
} from 'dkd';
import { typeName, encodeBase64, isJsonMap, keyDigest } from 'dkd/extend';
import { checkId, ifReadable, timeBy } from 'dkd/internal';
import { checkWireShape, contentInShape, messageInShape, type WireShape } from '../wire-shapes/wire-shape.ts';
import type { Change, Plan } from '../memory/change.ts';
import { checkLocalUser } from '../trust/check-options.ts';
import { checkOwnKey } from '../trust/identity-key.ts';
import { knownDocuments, knownMeta } from '../trust/known-identity.ts';
import type { Memory } from '../memory/memory.ts';
import { ownKeys } from '../trust/own-keys.ts';
import { chooseMessageAlgorithm } from '../message-keys/choose-message-algorithm.ts';
import { findSendingKey } from '../message-keys/message-keys.ts';
import { findRecipients, type Recipients } from '../message-keys/recipients.ts';

/** How to pack a message. */
export interface PackMessageOptions {
  /** In which shapes to write; those of the context, if not given. */
  readonly wireShape?: WireShape;
  /** When it is sent, in seconds since 1970; the time of the content, if not given. */
  readonly time?: number;
  /**
   * For a content with a group that goes to one member alone: whether stations may see which group it is for.
   * Hidden, if not given.
   */
  readonly exposeGroup?: boolean;
  /**
   * Whether to use one message key for several messages of this direction, and leave it out where the receivers have it.
   * It is used for exactly the same receivers, devices and keys, from this device, for at most a week; and left out once
   * `Messenger.handedOver` was told of a message that carried it.
   */
  readonly reuseKey?: boolean;
  /** Whether to attach the sender's meta and visa, for receivers who do not know the sender yet. */
  readonly introduce?: boolean;
  /**
   * Whether to sign the envelope too: sender, receiver, group, time, type, IV and keys. Receivers who do not know such a
   * proof ignore it. It costs a second signature.
   */
  readonly proveEnvelope?: boolean;
  /**
   * Whether it may go out in the clear to an address whose network byte says broadcast, or to one receiver with a group
   * that is for everybody. Only the receivers `anywhere` and `everywhere` do so by themselves: everybody chooses the
   * network byte of their own address, and the group of what one answers.
   */
  readonly broadcast?: boolean;
  /**
   * Whether a message to a group goes out to those who can be reached, where some have no key that is known:
   * {@link PackedMessage.unreachable} says who is left out. If not given, it does not go out at all.
   */
  readonly skipUnreachable?: boolean;
}

/** Who packs, and how where a call does not say. */
export interface Writer {
  /** The local user; with a terminal where this device has a key of its own. */
  readonly self: ID;
  /** The algorithms of message keys, the best first: the first one that all receivers name in their visas is used. */
  readonly messageAlgorithms?: readonly string[] | undefined;
  /** In which shapes to write where a call does not say; `2.4`, if not given. */
  readonly wireShape?: WireShape | undefined;
  /** The time now, in seconds since 1970. */
  readonly clock?: (() => number) | undefined;
}

/** A message that is encrypted and signed, and whom it does not reach. */
export interface PackedMessage {
  readonly message: ReliableMessage;
  /** What is missing of the members of a group who were left out. Empty without {@link PackMessageOptions.skipUnreachable}. */
  readonly unreachable: readonly Missing[];
}

/**
 * Encrypts a content for a receiver, and signs it. Nothing is written: the changes of the plan are to be committed before
 * the message is sent.
 *
 * @param receiver a user, a user's terminal, a group, or a broadcast ID. Where no visa of the terminal is known, it goes
 * to all devices of the user whose visas are
 * @throws DimError `MISSING_VISA`, `MISSING_MEMBERS`, `MISSING_PRIVATE_KEY`; `USAGE_ARGUMENT` for what no reader would take;
 * `INTERNAL_STORE` when memory gives what is of another, the identity key among it
 */
export async function packMessage(
  context: MessageContext,
  memory: Memory,
  { content, receiver }: { readonly content: Content; readonly receiver: ID },
  options: Writer & PackMessageOptions,
): Promise<Plan<PackedMessage>> {
  const { self, wireShape = '2.4' } = options;
  checkLocalUser(self);
  checkWireShape(wireShape);
  checkContentArgument(content);
  checkId(receiver, 'receiver');
  const { identity: signKey, decrypt } = await ownKeys(context, memory, self);
  if (signKey === undefined)
    throw new DimError('MISSING_PRIVATE_KEY', 'the user has no private key to sign with', {
      missing: [{ what: 'private-key', id: self.entity }],
    });
  await checkOwnKey(context, memory, self, signKey);
  const instant = write(context, content, receiver, options);
  const isPlain = instant.envelope.isBroadcast;
  if (isPlain) checkBroadcast(instant.envelope, options);
  const encrypted = isPlain
    ? { message: broadcastMessage(instant), unreachable: [], changes: [] }
    : await encrypt(context, memory, { instant, receiver }, options);
  const introduction = options.introduce === true ? await introductionOf(context, memory, self, decrypt) : {};
  const signed = await signMessage(encrypted.message, signKey, introduction);
  const message = await finish(context, signed, { wireShape, signKey, isProven: options.proveEnvelope === true });
  return { value: { message, unreachable: encrypted.unreachable }, changes: encrypted.changes };
}

function checkContentArgument(content: Partial<Content> | undefined): void {
  // Not by its class: a plugin may have another copy of this library.
  if (isJsonMap(content?.fields)) return;
  const advice = typeof content === 'string' ? ': take TextContent.create(text)' : '';
  throw new DimError('USAGE_ARGUMENT', `must be a content, not ${typeName(content)}${advice}`, { path: 'content' });
}

function write(
  context: MessageContext,
  content: Content,
  receiver: ID,
  options: Writer & PackMessageOptions,
): InstantMessage {
  const { self, wireShape = '2.4', clock } = options;
  // What was checked is what goes out: the content may be of a class that says or becomes something else.
  const { fields, group, type, time } = readAsReceiver(context, content.fields);
  const wire = contentInShape(fields, wireShape);
  // Another shape may have more values than a reader takes.
  if (wire !== fields) readAsReceiver(context, wire);
  if (receiver.isGroup && !receiver.isBroadcast && group?.equals(receiver) !== true) {
    throw new DimError('USAGE_ARGUMENT', 'a content for a group must be written for it', { path: 'group' });
  }
  const envelope = Envelope.create({
    sender: self.entity,
    receiver: receiver.isBroadcast ? receiver : receiver.entity,
    group: options.exposeGroup === true && !receiver.isGroup ? group : undefined,
    type,
    time: options.time ?? time ?? timeBy(clock),
  });
  return InstantMessage.create(envelope, content, wire);
}

/** What a reader would refuse goes to nobody: the map is read once more, by the limits of this context. */
function readAsReceiver(context: MessageContext, fields: JsonMap): Content {
  const result = context.Content.safeParse(fields);
  if (result.ok) return result.value;
  const { reason, path } = result.error.within('content');
  throw new DimError('USAGE_ARGUMENT', reason, { path, cause: result.error });
}

/** What goes out in the clear has a receiver that says so by a word of the protocol, or the caller's own word. */
function checkBroadcast({ receiver }: Envelope, { broadcast = false }: PackMessageOptions): void {
  if (broadcast || receiver.address.kind === 'broadcast') return;
  if (receiver.isBroadcast)
    throw new DimError(
      'USAGE_ARGUMENT',
      'has a network byte that says broadcast: `broadcast: true` sends in the clear; for addresses of before version 1, make a context with `legacyNetworks`',
      { path: 'receiver' },
    );
  // A content that one answers may name any group.
  throw new DimError('USAGE_ARGUMENT', 'is for everybody: `broadcast: true` sends in the clear', { path: 'group' });
}

interface Encrypted extends Omit<PackedMessage, 'message'> {
  readonly message: SecureMessage;
  readonly changes: readonly Change[];
}

async function encrypt(
  context: MessageContext,
  memory: Memory,
  { instant, receiver }: { readonly instant: InstantMessage; readonly receiver: ID },
  options: Writer & PackMessageOptions,
): Promise<Encrypted> {
  const found = await findRecipients(context, memory, receiver);
  checkReachable(found, receiver, options);
  const recipients = found.reachable;
  const algorithm = chooseMessageAlgorithm(
    context.algorithms,
    recipients.map(({ algorithms }) => algorithms),
    options.messageAlgorithms,
  );
  if (options.reuseKey !== true) {
    const messageKey = await context.SymmetricKey.generate(algorithm);
    const message = await encryptMessage(context, instant, { messageKey, recipients });
    return { message, unreachable: found.missing, changes: [] };
  }
  const { messageKey, isKnown, changes } = await findSendingKey(context, memory, {
    direction: keyDirection(instant),
    recipients,
    terminal: options.self.terminal,
    algorithm,
    now: timeBy(options.clock),
  });
  const message = await encryptMessage(context, instant, {
    messageKey,
    recipients: isKnown ? 'reused' : recipients,
    nameKey: true,
  });
  return { message, unreachable: found.missing, changes };
}

function checkReachable(
  { reachable, missing }: Recipients,
  receiver: ID,
  { skipUnreachable }: PackMessageOptions,
): void {
  if (missing.length === 0 || (receiver.isGroup && skipUnreachable === true && reachable.length > 0)) return;
  const [first] = missing;
  const others = new Set(missing.map(({ id }) => id.entityKey)).size - 1;
  const also = others === 0 ? '' : ` and ${others} more`;
  throw new DimError('MISSING_VISA', `no key is known that encrypts to ${first?.id.toString()}${also}`, {
    path: 'receiver',
    missing,
  });
}

/** The meta and visa of the user: a visa of which the private key is here, and no other that came from somewhere. */
async function introductionOf(
  context: MessageContext,
  memory: Memory,
  self: ID,
  own: readonly TerminalKey[],
): Promise<SignOptions> {
  const known = await knownMeta(context, memory, self);
  if (known === undefined) return {};
  const { meta } = known.meta;
  const visas = (await knownDocuments(context, memory, known))
    .map(({ document }) => document)
    .filter((document) => document instanceof Visa)
    .filter((visa) => isOwn(context, visa, own));
  const visa = visas.find(({ terminal }) => terminal === self.terminal) ?? visas[0];
  return { meta, ...(visa && { visa }) };
}

function isOwn(context: HashContext, visa: Visa, keys: readonly TerminalKey[]): boolean {
  const key = ifReadable(() => visa.encryptKey);
  return key !== undefined && keys.some((own) => isSame(context, own.key.encryptKey, key));
}

/** Other clients write the same key in other forms, and the visa may be of such a one. */
function isSame(context: HashContext, one: EncryptKey, other: EncryptKey): boolean {
  if (one.algorithm !== other.algorithm) return false;
  if (one.canonical === undefined || other.canonical === undefined)
    return keyDigest(context, one) === keyDigest(context, other);
  return encodeBase64(one.canonical) === encodeBase64(other.canonical);
}

async function finish(
  context: MessageContext,
  signed: ReliableMessage,
  { wireShape, signKey, isProven }: { wireShape: WireShape; signKey: SignKey; isProven: boolean },
): Promise<ReliableMessage> {
  const { messageBytes } = context.limits;
  if (signed.data.length > messageBytes)
    throw new DimError('USAGE_ARGUMENT', `is larger than limits.messageBytes, ${messageBytes}`, { path: 'content' });
  const message =
    wireShape === '2.4' ? signed : context.ReliableMessage.parse(messageInShape(signed.fields, wireShape));
  return isProven ? proveEnvelope(context, message, signKey) : message;
}

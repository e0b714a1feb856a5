/** Verified message to instant message. */
import { DimError, parseJson, type DecryptKey, type ID, type JsonMap, type Limits, type SymmetricKey } from 'mkm';
import { changeFields, decodeBase64, decodeUtf8, isJsonMap, within } from 'mkm/extend';
import { ifReadable, parseCopied } from 'mkm/internal';
import type { Content } from '../contents/content.ts';
import type { MessageContext } from '../context/message-context.ts';
import { InstantMessage } from '../messages/instant-message.ts';
import { MADE_HERE } from '../messages/made-here.ts';
import { WITHOUT_CIPHERTEXT } from '../messages/message.ts';
import type { ReliableMessage } from '../messages/reliable-message.ts';
import { dataBytesOf } from '../messages/secure-message.ts';
import { expandNames, SYMMETRIC_KEY_NAMES } from '../packing/short-names.ts';
import { encryptedKeysFor, type EncryptedKey } from './encrypted-keys.ts';
import { keyDirection } from './key-direction.ts';
import { keyDigest } from './key-digest.ts';
import { messageNotVerified, VerifiedMessage } from './verify-message.ts';

/** The algorithm of nearly all message keys. */
const MESSAGE_ALGORITHM = 'AES';

/** Bytes: many times a key with all its hints. It is kept, so that a peer must not choose how much that is. */
const MAX_KEY_BYTES = 1024;

/** How many bytes are decrypted in vain for one message, in all tries together; and how many tries are made anyway. */
const MAX_TRIED_BYTES = 64 * 1024 * 1024;
const MIN_TRIES = 8;

/** What stands for bytes that are no UTF-8; and it may stand for itself. */
const REPLACEMENT = '\uFFFD';
const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** A private key that decrypts, and the terminal whose visa has its public key. */
export interface TerminalKey {
  /** Undefined where the key is for all terminals. */
  readonly terminal?: string | undefined;
  readonly key: DecryptKey;
}

/** Who decrypts, and with what. */
export interface DecryptOptions {
  /** The receiver: oneself, or oneself as a member of the group; with the terminal, if one has a key of its own. */
  readonly receiver: ID;
  /** Each private key that this receiver has and that decrypts. Needed for a message that brings its key. */
  readonly privateKeys?: readonly TerminalKey[];
  /**
   * The last keys of this direction, the newest first, for a message that brings none: see `keyDirection`. Several,
   * since messages arrive in another order than they were sent, and a sender may have several devices.
   */
  readonly reusedKeys?: readonly SymmetricKey[];
}

/** A decrypted message, and the key that it was encrypted with; a broadcast has none. */
export interface DecryptedMessage<C extends Content> {
  readonly message: InstantMessage<C>;
  readonly messageKey: SymmetricKey | undefined;
}

/**
 * Decrypts a verified message.
 * @throws DimError `CRYPTO_DECRYPT` whatever fails up to the plaintext being JSON, without detail; `NOT_RECIPIENT` when
 * the names of its keys are those of others; `MISSING_PRIVATE_KEY` when none is given; `MISSING_MESSAGE_KEY` when the
 * message brings no key and none of the given ones is its own; `INPUT_…` for a bad content
 */
export async function decryptMessage<C extends Content>(
  context: MessageContext<C>,
  verified: VerifiedMessage,
  options: DecryptOptions,
): Promise<DecryptedMessage<C>> {
  if (!VerifiedMessage.is(verified)) throw messageNotVerified(verified);
  const { message } = verified;
  if (message.envelope.isBroadcast) {
    const fields = within('data', () => readMap(dataBytesOf(message), context.limits));
    return { message: openMessage(context, message, fields), messageKey: undefined };
  }
  const { fields, messageKey } = await (message.hasKey
    ? decryptWithEncryptedKey(context, message, options)
    : decryptWithReusedKey(context, message, options));
  return { message: openMessage(context, message, fields), messageKey };
}

interface Decrypted {
  readonly fields: JsonMap;
  readonly messageKey: SymmetricKey;
}

async function decryptWithReusedKey(
  context: MessageContext,
  message: ReliableMessage,
  { reusedKeys = [] }: DecryptOptions,
): Promise<Decrypted> {
  const digest = message.keyDigest;
  const named = digest === undefined ? [] : reusedKeys.filter((key) => keyDigest(context, key) === digest);
  for (const messageKey of named.length > 0 ? named : reusedKeys) {
    if (isPlain(messageKey)) continue;
    const fields = await decryptContent(context, message, messageKey).catch(nothing);
    if (fields !== undefined) return { fields, messageKey };
  }
  // The one that the sender names is at hand, so it is the message that is wrong.
  if (named.length > 0) throw decryptionFailed();
  throw new DimError('MISSING_MESSAGE_KEY', 'the message reuses a key that is not known', {
    missing: [missingKeyOf(message)],
  });
}

async function decryptWithEncryptedKey(
  context: MessageContext,
  message: ReliableMessage,
  options: DecryptOptions,
): Promise<Decrypted> {
  const { receiver, privateKeys = [] } = options;
  const entries = encryptedKeysFor(context, message, receiver);
  if (entries.length === 0) throw notRecipient(message, 'none of the keys is for this user');
  if (privateKeys.length === 0)
    throw new DimError('MISSING_PRIVATE_KEY', 'no private key is known that decrypts for the user', {
      missing: [{ what: 'private-key', id: receiver.entity }],
    });
  for (const { key, text } of triesOf(entries, privateKeys).slice(0, triesFor(message))) {
    const messageKey = await decryptKey(context, key, text).catch(nothing);
    const fields = await decryptContent(context, message, messageKey).catch(nothing);
    if (messageKey !== undefined && fields !== undefined) return { fields, messageKey };
  }
  // By the names that stand in the open alone: that no key fits is no secret where none is meant to.
  const here = new Set([undefined, receiver.terminal, ...privateKeys.map(({ terminal }) => terminal)]);
  if (entries.some(({ terminal }) => here.has(terminal))) throw decryptionFailed();
  throw notRecipient(message, 'the keys are for other devices of this user');
}

/** What is tried: an encrypted key, with a private one. */
interface Try {
  readonly key: DecryptKey;
  readonly text: string;
}

function triesOf(entries: readonly EncryptedKey[], privateKeys: readonly TerminalKey[]): readonly Try[] {
  return entries.flatMap((entry) => keysFor(entry, privateKeys).map((key) => ({ key, text: entry.text })));
}

/**
 * With what {@link decryptMessage} begins, for those who begin before: a private key, and what it is to decrypt. Undefined where it
 * would begin with nothing.
 */
export function firstDecryption(
  context: MessageContext,
  message: ReliableMessage,
  { receiver, privateKeys = [] }: DecryptOptions,
): { readonly key: DecryptKey; readonly ciphertext: Uint8Array } | undefined {
  const [first] = triesOf(encryptedKeysFor(context, message, receiver).slice(0, 1), privateKeys);
  if (first === undefined) return undefined;
  const ciphertext = ifReadable(() => decodeBase64(first.text));
  return ciphertext && { key: first.key, ciphertext };
}

/** A sender may write as many wrong keys as are tried, each for all of the data: so of large data fewer are. */
function triesFor(message: ReliableMessage): number {
  return Math.max(MIN_TRIES, Math.floor(MAX_TRIED_BYTES / (dataBytesOf(message).length + 1)));
}

/** The keys of the entry's terminal first; then all others, since a visa may have been renamed on its way. */
function keysFor(entry: EncryptedKey, privateKeys: readonly TerminalKey[]): readonly DecryptKey[] {
  const isOwn = ({ terminal }: TerminalKey) => entry.terminal !== undefined && terminal === entry.terminal;
  const inOrder = [...privateKeys.filter(isOwn), ...privateKeys.filter((key) => !isOwn(key))];
  return inOrder.map(({ key }) => key);
}

async function decryptKey(context: MessageContext, privateKey: DecryptKey, encrypted: string): Promise<SymmetricKey> {
  const bytes = await privateKey.decrypt(decodeBase64(encrypted));
  if (bytes.length > MAX_KEY_BYTES) throw decryptionFailed();
  const key = parseCopied(context.SymmetricKey, expandNames(readMap(bytes, context.limits), SYMMETRIC_KEY_NAMES));
  if (isPlain(key)) throw decryptionFailed();
  return key;
}

/** PLAIN would turn an encrypted message into one that anybody can have written. */
function isPlain(key: SymmetricKey): boolean {
  return key.algorithm === 'PLAIN';
}

async function decryptContent(
  context: MessageContext,
  message: ReliableMessage,
  messageKey: SymmetricKey | undefined,
): Promise<JsonMap> {
  const { fields } = message;
  const dataBytes = dataBytesOf(message);
  // Without a message key with a new one, in vain: nobody shall see by the time that there is none.
  const key = messageKey ?? (await context.SymmetricKey.generate(MESSAGE_ALGORITHM));
  const decrypted =
    key.decryptUnchecked === undefined
      ? { bytes: await key.decrypt(dataBytes, fields), isSound: true }
      : await key.decryptUnchecked(dataBytes, fields);
  const { bytes } = decrypted;
  // Nothing but true is a yes: keys come from plugins.
  const isSound: unknown = decrypted.isSound;
  // Read in any case, and judged afterwards. Whoever sends what they did not encrypt themselves learns nothing of the
  // padding: bytes with a wrong one take the same way, and fail at the same place, as any other garbage.
  if (!beginsAsMap(bytes)) throw decryptionFailed();
  const content = readMap(bytes, context.limits);
  if (isSound !== true) throw decryptionFailed();
  return content;
}

/**
 * Whether bytes can be a JSON map, by the first one that is no blank: what a wrong key gives nearly never is, and reading
 * it as text costs many times what decrypting it did.
 */
function beginsAsMap(bytes: Uint8Array): boolean {
  const first = bytes.find((byte) => byte !== 0x20 && byte !== 0x0a && byte !== 0x0d && byte !== 0x09);
  return first === 0x7b;
}

function readMap(bytes: Uint8Array, limits: Limits): JsonMap {
  // What is no UTF-8 is nearly always no JSON either, and shall take no other time: so the strict check comes last.
  const text = lenientUtf8.decode(bytes);
  const value = parseJson(text, limits);
  if (text.includes(REPLACEMENT)) decodeUtf8(bytes);
  if (!isJsonMap(value)) throw new DimError('INPUT_TYPE', 'must be a map');
  return value;
}

/** One shape for every failure of decryption: which step failed is nobody's business. */
function decryptionFailed(): DimError {
  return new DimError('CRYPTO_DECRYPT', 'the message does not decrypt');
}

function notRecipient(message: ReliableMessage, reason: string): DimError {
  // The sender can be asked for the key, as members of a group do.
  return new DimError('NOT_RECIPIENT', reason, { path: 'keys', missing: [missingKeyOf(message)] });
}

function missingKeyOf(message: ReliableMessage): DimError['missing'][number] {
  const { sender, destination } = keyDirection(message);
  return { what: 'message-key', id: sender.entity, destination };
}

/** For a step that failed, however it failed, in this code or in a plugin's. */
function nothing(): undefined {}

function openMessage<C extends Content>(
  context: MessageContext<C>,
  message: ReliableMessage,
  fields: JsonMap,
): InstantMessage<C> {
  const content = within('content', () => parseCopied(context.Content, fields));
  const opened = changeFields(message.fields, { ...WITHOUT_CIPHERTEXT, content: content.fields });
  return new InstantMessage(MADE_HERE, opened, message.envelope, content);
}

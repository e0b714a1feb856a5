/** Verified message to instant message. */
import {
  changeFields,
  decodeBase64,
  decodeUtf8,
  DimError,
  isJsonMap,
  parseJson,
  within,
  type DecryptKey,
  type ID,
  type JsonMap,
  type Limits,
  type SymmetricKey,
} from 'mkm';
import type { Content } from '../content.ts';
import type { MessageContext } from '../message-context.ts';
import { InstantMessage } from '../messages/instant-message.ts';
import { WITHOUT_SEAL } from '../messages/message.ts';
import type { ReliableMessage } from '../messages/reliable-message.ts';
import { expandNames, SYMMETRIC_KEY_NAMES } from '../packing/short-names.ts';
import type { VerifiedMessage } from './verify-message.ts';

/** The algorithm of nearly all message keys. */
const MESSAGE_ALGORITHM = 'AES';

/** How many entries of one receiver are tried: the sender writes them, and each costs a private key operation. */
const MAX_ENTRIES = 16;

const lenientUtf8 = new TextDecoder('utf-8', { ignoreBOM: true });

/** Who decrypts, and with what. */
export interface DecryptOptions {
  /** The receiver: oneself, or oneself as a member of the group; with the terminal, if one has a key of its own. */
  readonly receiver: ID;
  /** Each private key that this receiver has and that decrypts. */
  readonly privateKeys: readonly DecryptKey[];
  /** The last key of this direction, for a message that brings none: see `keyDirection`. */
  readonly reusedKey?: SymmetricKey | undefined;
}

/** A decrypted message, and the key that it was encrypted with; a broadcast has none. */
export interface DecryptedMessage<C extends Content> {
  readonly message: InstantMessage<C>;
  readonly password: SymmetricKey | undefined;
}

/**
 * Decrypts a verified message.
 * @throws DimError `CRYPTO_DECRYPT` whatever fails up to the plaintext being JSON, without detail;
 * `MISSING_MESSAGE_KEY` when the message brings no key and none is given; `INPUT_…` for a bad content
 */
export async function decryptMessage<C extends Content>(
  context: MessageContext<C>,
  verified: VerifiedMessage,
  options: DecryptOptions,
): Promise<DecryptedMessage<C>> {
  const { message } = verified;
  if (message.envelope.isBroadcast) {
    const fields = within('data', () => readMap(message.dataBytes, context.limits));
    return { message: openMessage(context, message, fields), password: undefined };
  }
  if (!message.hasKey) {
    const password = options.reusedKey;
    if (password === undefined) throw new DimError('MISSING_MESSAGE_KEY', 'the message reuses a key that is not known');
    const fields = await decryptContent(context, message, password).catch(nothing);
    if (fields !== undefined) return { message: openMessage(context, message, fields), password };
    throw decryptionFailed();
  }
  for (const encrypted of encryptedKeysFor(context, message, options.receiver)) {
    for (const privateKey of options.privateKeys) {
      const password = await decryptKey(context, privateKey, encrypted).catch(nothing);
      const fields = await decryptContent(context, message, password).catch(nothing);
      if (password !== undefined && fields !== undefined)
        return { message: openMessage(context, message, fields), password };
    }
  }
  throw decryptionFailed();
}

/** The entries for a receiver: for its terminal, for all its terminals, for any of them, in the older form. */
function encryptedKeysFor(context: MessageContext, message: ReliableMessage, receiver: ID): ReadonlySet<string> {
  const { keys, key } = message;
  const exact = [keys.get(receiver.toString()), keys.get(receiver.entity.toString())];
  const found = new Set(exact.filter((entry) => entry !== undefined));
  if (found.size === 0 || receiver.terminal === undefined) {
    for (const [name, entry] of keys) {
      if (context.ID.tryParse(name)?.equals(receiver) === true) found.add(entry);
    }
  }
  if (key !== undefined) found.add(key);
  return new Set([...found].slice(0, MAX_ENTRIES));
}

async function decryptKey(context: MessageContext, privateKey: DecryptKey, encrypted: string): Promise<SymmetricKey> {
  const bytes = await privateKey.decrypt(decodeBase64(encrypted));
  const password = context.SymmetricKey.parse(expandNames(readMap(bytes, context.limits), SYMMETRIC_KEY_NAMES));
  // PLAIN would turn an encrypted message into one that anybody can have written.
  if (password.algorithm === 'PLAIN') throw decryptionFailed();
  return password;
}

async function decryptContent(
  context: MessageContext,
  message: ReliableMessage,
  password: SymmetricKey | undefined,
): Promise<JsonMap> {
  const { dataBytes, fields } = message;
  // Without a message key with a new one, in vain: nobody shall see by the time that there is none.
  const key = password ?? (await context.SymmetricKey.generate(MESSAGE_ALGORITHM));
  const { bytes, isSound } =
    key.decryptUnchecked === undefined
      ? { bytes: await key.decrypt(dataBytes, fields), isSound: true }
      : await key.decryptUnchecked(dataBytes, fields);
  // Read in any case, and judged afterwards. Whoever sends what they did not encrypt themselves learns nothing of the
  // padding: bytes with a wrong one take the same way, and fail at the same place, as any other garbage.
  const content = readMap(bytes, context.limits);
  if (!isSound) throw decryptionFailed();
  return content;
}

function readMap(bytes: Uint8Array, limits: Limits): JsonMap {
  // What is no UTF-8 is nearly always no JSON either, and shall take no other time: so the strict check comes last.
  const value = parseJson(lenientUtf8.decode(bytes), limits);
  decodeUtf8(bytes);
  if (!isJsonMap(value)) throw new DimError('INPUT_TYPE', 'must be a map');
  return value;
}

/** One shape for every failure of decryption: which step failed is nobody's business. */
function decryptionFailed(): DimError {
  return new DimError('CRYPTO_DECRYPT', 'the message does not decrypt');
}

/** For a step that failed, however it failed, in this code or in a plugin's. */
function nothing(): undefined {}

function openMessage<C extends Content>(
  context: MessageContext<C>,
  message: ReliableMessage,
  fields: JsonMap,
): InstantMessage<C> {
  const content = within('content', () => context.Content.parse(fields));
  const opened = changeFields(message.fields, { ...WITHOUT_SEAL, content: content.fields });
  return new InstantMessage(opened, message.envelope, content);
}

/** Instant message to secure message: the content is encrypted once, its key once for each receiver. */
import { DimError, stringifyJson, type JsonMap, type SymmetricKey } from 'mkm';
import { changeFields, checkArguments, encodeBase64, encodeUtf8, within } from 'mkm/extend';
import { callPluginAsync, notOfThisCopy, together } from 'mkm/internal';
import type { HashContext } from '../context/hash-context.ts';
import { Envelope } from '../messages/envelope.ts';
import type { InstantMessage } from '../messages/instant-message.ts';
import { MADE_HERE } from '../messages/made-here.ts';
import { MESSAGE_FIELDS, WITHOUT_CIPHERTEXT } from '../messages/message.ts';
import { SecureMessage } from '../messages/secure-message.ts';
import { keyDigest } from './key-digest.ts';
import { Recipient } from './recipient.ts';

/**
 * Blank, before the content. Nobody signs the IV, and in CBC whoever changes it changes the first block of the plaintext
 * as they like. Nothing but another blank before a whole JSON map makes JSON of it again: so the content stays as it was,
 * or is no JSON.
 */
const FIRST_BLOCK = ' '.repeat(16);

/** How to encrypt. */
export interface EncryptOptions {
  readonly messageKey: SymmetricKey;
  /** For whom the message key is encrypted; `reused` when all of them have it from an earlier message. */
  readonly recipients: readonly Recipient[] | 'reused';
  /**
   * Whether to name the key by its digest, so that a reader who keeps several knows which: for a key that is reused.
   * False, if not given.
   */
  readonly nameKey?: boolean;
}

/**
 * Encrypts a message that is not a broadcast.
 *
 * @example
 * ```ts
 * import { encryptMessage, type InstantMessage, type MessageContext, type Recipient } from 'dkd';
 *
 * async function encrypt(context: MessageContext, message: InstantMessage, recipient: Recipient) {
 *   const messageKey = await context.SymmetricKey.generate('AES');
 *   return encryptMessage(context, message, { messageKey, recipients: [recipient] });
 * }
 * ```
 * @throws DimError `USAGE_ARGUMENT` for a broadcast, no recipients, recipients that are not verified, or a PLAIN key
 */
export async function encryptMessage(
  context: HashContext,
  message: InstantMessage,
  options: EncryptOptions,
): Promise<SecureMessage> {
  const { messageKey, recipients, nameKey = false } = options;
  const { envelope } = message;
  if (envelope.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'a broadcast is not encrypted: use broadcastMessage');
  if (messageKey.algorithm === 'PLAIN') throw new DimError('USAGE_ARGUMENT', 'the key PLAIN is for broadcasts only');
  if (recipients.length === 0)
    throw new DimError('USAGE_ARGUMENT', 'a message needs recipients', { path: 'recipients' });
  const plaintext = encodeUtf8(FIRST_BLOCK + textOfContent(message));
  const { ciphertext, extra } = await callPluginAsync(messageKey.algorithm, () => messageKey.encrypt(plaintext));
  const keys = recipients === 'reused' ? new Map<string, string>() : await encryptKey(messageKey, recipients);
  const digest = nameKey ? keyDigest(context, messageKey) : undefined;
  return replaceContent(message, { data: encodeBase64(ciphertext), dataBytes: ciphertext, extra, keys, digest });
}

/** A broadcast: its data is the JSON text of the content, and there is no key. */
export function broadcastMessage(message: InstantMessage): SecureMessage {
  if (!message.envelope.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'only a broadcast goes without encryption');
  const data = textOfContent(message);
  return replaceContent(message, { data, dataBytes: encodeUtf8(data), extra: {}, keys: new Map(), digest: undefined });
}

/** What was read may have what cannot be written: a part of a character. */
function textOfContent(message: InstantMessage): string {
  return checkArguments(() => within('content', () => stringifyJson(message.contentFields)));
}

async function encryptKey(
  messageKey: SymmetricKey,
  recipients: readonly Recipient[],
): Promise<ReadonlyMap<string, string>> {
  recipients.forEach(checkRecipient);
  const plaintext = encodeUtf8(stringifyJson(messageKey.fields));
  const ciphertexts = await together(
    recipients.map(({ key }) => callPluginAsync(key.algorithm, () => key.encrypt(plaintext))),
  );
  return named(ciphertexts.map((ciphertext, index) => [String(recipients[index]?.id), encodeBase64(ciphertext)]));
}

function checkRecipient(recipient: Recipient, index: number): void {
  if (Recipient.is(recipient)) return;
  const otherwise = 'must come from Recipient.of';
  throw notOfThisCopy(recipient, 'dkd.Recipient', { path: `recipients[${index}]`, remedy: 'verify', otherwise });
}

/**
 * Each encrypted key by a name of its own. Two devices may have one name, as where an old client and a new one of a user
 * name no terminal: the later has it, which is the newer, and what was there is found among the user's other terminals.
 */
function named(entries: readonly (readonly [name: string, text: string])[]): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const [name, text] of entries) {
    const earlier = keys.get(name);
    if (earlier !== undefined) keys.set(freeNameFor(name, keys), earlier);
    keys.set(name, text);
  }
  return keys;
}

function freeNameFor(name: string, taken: ReadonlyMap<string, string>): string {
  const [entity] = name.split('/', 1);
  for (let count = 1; ; count++) {
    const free = `${entity}/*${count === 1 ? '' : count}`;
    if (!taken.has(free)) return free;
  }
}

/** What replaces the content. */
interface Ciphertext {
  readonly data: string;
  readonly dataBytes: Uint8Array;
  readonly extra: JsonMap;
  readonly keys: ReadonlyMap<string, string>;
  readonly digest: string | undefined;
}

function replaceContent(message: InstantMessage, { data, dataBytes, extra, keys, digest }: Ciphertext): SecureMessage {
  for (const name of Object.keys(extra)) {
    if (MESSAGE_FIELDS.has(name)) throw new DimError('INTERNAL_PLUGIN', `encryption may not write the field ${name}`);
  }
  // Whatever else the instant message carries travels on, but not the content in the clear, nor an earlier key.
  const carried = changeFields(message.fields, { ...WITHOUT_CIPHERTEXT, content: undefined });
  const entries = digest === undefined ? [...keys] : [...keys, ['digest', digest] as const];
  const keysField = entries.length === 0 ? undefined : { keys: Object.freeze(Object.fromEntries(entries)) };
  const fields = Object.freeze({ ...carried, type: message.content.type, ...extra, data, ...keysField });
  const { sender, receiver, time, group, content } = message;
  const envelope = new Envelope(MADE_HERE, fields, { sender, receiver, time, group, type: content.type });
  return new SecureMessage(MADE_HERE, fields, { envelope, data, dataBytes, keys, key: undefined });
}

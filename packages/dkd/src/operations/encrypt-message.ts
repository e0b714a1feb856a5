/** Instant message to secure message: the content is encrypted once, its key once for each receiver. */
import {
  callPluginAsync,
  changeFields,
  DimError,
  encodeBase64,
  encodeUtf8,
  stringifyJson,
  type EncryptKey,
  type ID,
  type JsonMap,
  type SymmetricKey,
} from 'mkm';
import { Envelope } from '../envelope.ts';
import type { InstantMessage } from '../messages/instant-message.ts';
import { MESSAGE_FIELDS, WITHOUT_SEAL } from '../messages/message.ts';
import { SecureMessage } from '../messages/secure-message.ts';

/**
 * Blank, before the content. Nobody signs the IV, and in CBC whoever changes it changes the first block of the plaintext
 * as they like. Nothing but another blank before a whole JSON map makes JSON of it again: so the content stays as it was,
 * or is no JSON.
 */
const FIRST_BLOCK = ' '.repeat(16);

/** One who shall be able to decrypt. */
export interface Recipient {
  /** The receiver or member, with the terminal where the key is that terminal's. */
  readonly id: ID;
  /** The key of the visa. */
  readonly key: EncryptKey;
}

/** How to encrypt. */
export interface EncryptOptions {
  /** The message key. */
  readonly password: SymmetricKey;
  /** For whom the message key is encrypted; `reused` when the receiver has it from an earlier message. */
  readonly recipients: readonly Recipient[] | 'reused';
}

/**
 * Encrypts a message that is not a broadcast.
 * @throws DimError `USAGE_ARGUMENT` for a broadcast, no recipients, or a PLAIN password
 */
export async function encryptMessage(message: InstantMessage, options: EncryptOptions): Promise<SecureMessage> {
  const { password, recipients } = options;
  const { envelope } = message;
  if (envelope.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'a broadcast is not encrypted: use plainMessage');
  if (password.algorithm === 'PLAIN') throw new DimError('USAGE_ARGUMENT', 'the password PLAIN is for broadcasts only');
  if (recipients.length === 0)
    throw new DimError('USAGE_ARGUMENT', 'a message needs recipients', { path: 'recipients' });
  const plaintext = encodeUtf8(FIRST_BLOCK + stringifyJson(message.contentFields));
  const { ciphertext, extra } = await callPluginAsync(password.algorithm, () => password.encrypt(plaintext));
  const keys = recipients === 'reused' ? new Map<string, string>() : await encryptKey(password, recipients);
  return seal(message, { data: encodeBase64(ciphertext), dataBytes: ciphertext, extra, keys });
}

/** A broadcast: its data is the JSON text of the content, and there is no key. */
export function plainMessage(message: InstantMessage): SecureMessage {
  if (!message.envelope.isBroadcast) throw new DimError('USAGE_ARGUMENT', 'only a broadcast goes without encryption');
  const data = stringifyJson(message.contentFields);
  return seal(message, { data, dataBytes: encodeUtf8(data), extra: {}, keys: new Map() });
}

async function encryptKey(
  password: SymmetricKey,
  recipients: readonly Recipient[],
): Promise<ReadonlyMap<string, string>> {
  const plaintext = encodeUtf8(stringifyJson(password.fields));
  const entries = await Promise.all(
    recipients.map(async ({ id, key }): Promise<[string, string]> => {
      const ciphertext = await callPluginAsync(key.algorithm, () => key.encrypt(plaintext));
      return [id.toString(), encodeBase64(ciphertext)];
    }),
  );
  return new Map(entries);
}

/** What replaces the content. */
interface Seal {
  readonly data: string;
  readonly dataBytes: Uint8Array;
  readonly extra: JsonMap;
  readonly keys: ReadonlyMap<string, string>;
}

function seal(message: InstantMessage, { data, dataBytes, extra, keys }: Seal): SecureMessage {
  for (const name of Object.keys(extra)) {
    if (MESSAGE_FIELDS.has(name)) throw new DimError('INTERNAL_PLUGIN', `encryption may not write the field ${name}`);
  }
  // Whatever else the instant message carries travels on, but not the content in the clear, nor an earlier key.
  const carried = changeFields(message.fields, { ...WITHOUT_SEAL, content: undefined });
  const keysField = keys.size === 0 ? undefined : { keys: Object.freeze(Object.fromEntries(keys)) };
  const fields = Object.freeze({ ...carried, type: message.content.type, ...extra, data, ...keysField });
  const { sender, receiver, time, group, content } = message;
  const envelope = new Envelope(fields, { sender, receiver, time, group, type: content.type });
  return new SecureMessage(fields, { envelope, data, dataBytes, keys, key: undefined });
}

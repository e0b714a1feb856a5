/**
 * Secure message: the content is encrypted.
 *
 * `{ sender, receiver, time, group?, type?, "IV"?: base64, "data": base64, "keys"?: { ID or ID/terminal: base64 } }`
 * The data of a broadcast is the JSON text of the content itself. Older messages have one text `key` for `keys`.
 */
import { decodeBase64, DimError, encodeUtf8, isBase64, optionalMapOf, optionalTextOf, textOf, within } from 'mkm';
import { fieldOf, isJsonMap, type ID, type JsonMap } from 'mkm';
import { readEnvelope, type Envelope } from '../envelope.ts';
import { Message } from './message.ts';

/** What a secure message has beside the envelope. */
export interface SecureParts {
  readonly envelope: Envelope;
  readonly data: string;
  /** {@link SecureParts.data} as bytes: what is decrypted, and what the signature covers. */
  readonly dataBytes: Uint8Array;
  readonly keys: ReadonlyMap<string, string>;
  readonly key: string | undefined;
}

/** A message with its content encrypted. */
export class SecureMessage extends Message {
  /** The encrypted content in base64; of a broadcast, the JSON text of the content. */
  readonly data: string;
  /**
   * The encrypted message key for each receiver: by `ID/terminal` or by bare ID, in base64. Empty when the sender
   * reuses a key.
   */
  readonly keys: ReadonlyMap<string, string>;
  /** The encrypted message key in the older form, for the one receiver. */
  readonly key: string | undefined;
  /** The data as bytes: what is decrypted, and what the signature covers. */
  readonly dataBytes: Uint8Array;

  constructor(fields: JsonMap, parts: SecureParts) {
    super(fields, parts.envelope);
    this.data = parts.data;
    this.dataBytes = parts.dataBytes;
    this.keys = parts.keys;
    this.key = parts.key;
  }

  /** The digest of the message key, where the sender names it: see `keyDigest`. A hint that nobody signs. */
  get keyDigest(): string | undefined {
    const keys = fieldOf(this.fields, 'keys');
    const digest = isJsonMap(keys) ? fieldOf(keys, 'digest') : undefined;
    return typeof digest === 'string' && digest !== '' ? digest : undefined;
  }

  /** Whether the message brings its key along. If not, it is one of the last of its direction. */
  get hasKey(): boolean {
    return this.key !== undefined || this.keys.size > 0;
  }
}

/** Reads what a secure message has, from a map that was copied already and has long names. */
export function readSecureParts(fields: JsonMap, readId: (input: unknown) => ID): SecureParts {
  const envelope = readEnvelope(fields, readId);
  const data = textOf(fields, 'data');
  if (data === '') throw new DimError('INPUT_FORMAT', 'must not be empty', { path: 'data' });
  const dataBytes = within('data', () => (envelope.isBroadcast ? encodeUtf8(data) : decodeBase64(data)));
  return { envelope, data, dataBytes, keys: readKeys(fields), key: readKey(fields) };
}

/** Reads a secure message from a map that was copied already and has long names. */
export function readSecureMessage(fields: JsonMap, readId: (input: unknown) => ID): SecureMessage {
  return new SecureMessage(fields, readSecureParts(fields, readId));
}

function readKeys(fields: JsonMap): ReadonlyMap<string, string> {
  const keys = new Map<string, string>();
  for (const [name, value] of Object.entries(optionalMapOf(fields, 'keys') ?? {})) {
    // A hint about the key, not an encrypted one.
    if (name === 'digest') continue;
    if (!isBase64(value) || value === '')
      throw new DimError('INPUT_FORMAT', 'must be base64', { path: `keys.${name}` });
    keys.set(name, value);
  }
  return keys;
}

function readKey(fields: JsonMap): string | undefined {
  const key = optionalTextOf(fields, 'key');
  if (key !== undefined && (key === '' || !isBase64(key)))
    throw new DimError('INPUT_FORMAT', 'must be base64', { path: 'key' });
  return key;
}

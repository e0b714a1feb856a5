/**
 * Secure message: the content is encrypted.
 *
 * `{ sender, receiver, time, group?, type?, "IV"?: base64, "data": base64, "keys"?: { ID or ID/terminal: base64 } }`
 * The data of a broadcast is the JSON text of the content itself. Older messages have one text `key` for `keys`. The IV,
 * also read from `iv`, is the key's to understand; here it is only seen to be bytes.
 */
import { DimError } from 'mkm';
import { typeName, encodeUtf8, fieldOf, isJsonMap, optionalFieldOf, optionalMapOf, textOf, within } from 'mkm/extend';
import { checkBinary, decodeChecked, isWellFormed, notOfThisCopy, toBase64 } from 'mkm/internal';
import type { ID, JsonMap, JsonValue, Limits } from 'mkm';
import { readEnvelope, type Envelope } from './envelope.ts';
import { checkIv } from './iv.ts';
import { MADE_HERE } from './made-here.ts';
import { Message } from './message.ts';

/** What a secure message has beside the envelope. */
export interface SecureInit {
  readonly envelope: Envelope;
  readonly data: string;
  /** {@link SecureInit.data} as bytes, where they are at hand: it was checked that the text is some. */
  readonly dataBytes?: Uint8Array | undefined;
  readonly keys: ReadonlyMap<string, string>;
  readonly key: string | undefined;
}

/** {@link SecureMessage.dataBytes} without the copy, for this layer, which only reads them. */
export let dataBytesOf: (message: SecureMessage) => Uint8Array;

/** What a message has beside the envelope, to make another of it. */
export let partsOf: (message: SecureMessage) => SecureInit;

/** A message with its content encrypted. */
export class SecureMessage extends Message {
  /** The encrypted content in base64, as it was written; of a broadcast, the JSON text of the content. */
  readonly data: string;
  /**
   * The encrypted message key for each receiver: by `ID/terminal` or by bare ID, in base64, however it was written.
   * Empty when the sender reuses a key.
   */
  readonly keys: ReadonlyMap<string, string>;
  /** The encrypted message key in the older form, for the one receiver. */
  readonly key: string | undefined;
  /** From when somebody has asked for them. A message that waits has them once, as text. */
  #dataBytes: Uint8Array | undefined;

  static {
    dataBytesOf = (message) => {
      if (typeof message !== 'object' || message === null || !(#dataBytes in message)) throw notRead(message);
      return (message.#dataBytes ??= decodeData(message));
    };
    partsOf = (message) => {
      if (typeof message !== 'object' || message === null || !(#dataBytes in message)) throw notRead(message);
      const { envelope, data, keys, key } = message;
      return { envelope, data, dataBytes: message.#dataBytes, keys, key };
    };
  }

  constructor(made: typeof MADE_HERE, fields: JsonMap, parts: SecureInit) {
    super(made, fields, parts.envelope);
    this.data = parts.data;
    this.#dataBytes = parts.dataBytes;
    this.keys = parts.keys;
    this.key = parts.key;
  }

  /** What it is to another copy of this package. */
  protected get '@dim'(): string {
    return 'dkd.SecureMessage';
  }

  /** The digest of the message key, where the sender names it: see `keyDigest`. A hint that nobody signs. */
  get keyDigest(): string | undefined {
    const keys = fieldOf(this.fields, 'keys');
    const digest = isJsonMap(keys) ? fieldOf(keys, 'digest') : undefined;
    return typeof digest === 'string' && digest !== '' ? digest : undefined;
  }

  /** The data as bytes: what is decrypted, and what the signature covers. Each time a copy, so that nobody can change them. */
  get dataBytes(): Uint8Array {
    return this.#dataBytes === undefined ? decodeData(this) : new Uint8Array(this.#dataBytes);
  }

  /** Whether the message brings its key along. If not, it is one of the last of its direction. */
  get hasKey(): boolean {
    return this.key !== undefined || this.keys.size > 0;
  }
}

/** A cast lets anything in, and another copy of this package has messages of its own. */
function notRead(message: unknown): DimError {
  const otherwise = `must be a message with data, not ${typeName(message)}`;
  return notOfThisCopy(message, 'dkd.SecureMessage', { path: 'message', remedy: 'read', otherwise });
}

/** Of what was checked when it was read. */
function decodeData({ envelope, data }: SecureMessage): Uint8Array {
  return envelope.isBroadcast ? encoder.encode(data) : decodeChecked(data);
}

const encoder = new TextEncoder();

/** Reads what a secure message has, from a map that was copied already and has long names. */
export function readSecureInit(fields: JsonMap, readId: (input: unknown) => ID, limits: Limits): SecureInit {
  const envelope = readEnvelope(fields, readId);
  const data = textOf(fields, 'data');
  within('data', () => (envelope.isBroadcast ? checkText(data) : checkBinary(data)));
  checkIv(fields);
  const key = optionalFieldOf(fields, 'key');
  return {
    envelope,
    data,
    keys: readKeys(fields, limits),
    key: key === undefined ? undefined : readKey('key', key),
  };
}

/** Reads a secure message from a map that was copied already and has long names. */
export function readSecureMessage(fields: JsonMap, readId: (input: unknown) => ID, limits: Limits): SecureMessage {
  return new SecureMessage(MADE_HERE, fields, readSecureInit(fields, readId, limits));
}

/** As {@link encodeUtf8}, without bytes. */
function checkText(data: string): void {
  if (data === '') throw new DimError('INPUT_FORMAT', 'must not be empty');
  if (!isWellFormed(data)) encodeUtf8(data);
}

/** Of messages with a key that is reused, which are most of them. */
const NO_KEYS: ReadonlyMap<string, string> = new Map();

function readKeys(fields: JsonMap, limits: Limits): ReadonlyMap<string, string> {
  const map = optionalMapOf(fields, 'keys');
  if (map === undefined) return NO_KEYS;
  const keys = new Map<string, string>();
  const entries = Object.entries(map);
  if (entries.length > limits.messageKeys)
    throw new DimError('INPUT_LIMIT', `has more than ${limits.messageKeys} entries (limits.messageKeys)`, {
      path: 'keys',
    });
  for (const [name, value] of entries) {
    // A hint about the key, not an encrypted one.
    if (name !== 'digest' && value !== null) keys.set(name, readKey(`keys.${name}`, value));
  }
  return keys;
}

function readKey(path: string, value: JsonValue): string {
  const text = typeof value === 'string' ? within(path, () => toBase64(value)) : '';
  if (text === '') throw new DimError('INPUT_FORMAT', 'must be base64', { path });
  return text;
}

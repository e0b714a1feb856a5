/** What somebody between two people may try: one change of each field of a message. */
import { stringifyJson, type JsonMap, type JsonValue } from 'dimp';
import { changeFields, decodeBase64, encodeBase64 } from 'dimp/extend';
import type { Journey } from './journey.ts';

export interface Tampering {
  /** Its name, for a list: the field. */
  readonly field: string;
  /** What is done, after "The relay". */
  readonly does: string;
  /** How often the message is delivered. */
  readonly copies?: number;
  readonly change: (journey: Journey) => JsonMap;
}

export const NOTHING: Tampering = {
  field: 'nothing',
  does: 'hands it on as it is',
  change: ({ reliable }) => reliable,
};

export const TAMPERINGS: readonly Tampering[] = [
  NOTHING,
  {
    field: 'sender',
    does: 'says that it wrote the message',
    change: ({ reliable, people }) => ({ ...reliable, sender: String(people.relay.id) }),
  },
  {
    field: 'receiver',
    does: 'says that it is for somebody else',
    change: ({ reliable, people }) => ({ ...reliable, receiver: String(people.relay.id) }),
  },
  {
    field: 'time',
    does: 'says that it was sent a day before',
    change: ({ reliable }) => ({ ...reliable, time: Number(reliable['time']) - 86_400 }),
  },
  {
    field: 'type',
    does: 'says that it is a file',
    change: ({ reliable }) => ({ ...reliable, type: '16' }),
  },
  { field: 'IV', does: 'turns one bit of the start of decryption', change: turnBitOf('IV') },
  { field: 'data', does: 'turns one bit of what is encrypted', change: turnBitOf('data') },
  {
    field: 'keys',
    does: 'turns one bit of the encrypted key',
    change: ({ reliable }) => ({ ...reliable, keys: mapValues(reliable['keys'] as JsonMap, turnBit) }),
  },
  { field: 'signature', does: 'turns one bit of the signature', change: turnBitOf('signature') },
  {
    field: 'meta',
    does: 'puts its own key in the place of the sender’s',
    change: ({ reliable, people }) => ({ ...reliable, meta: people.relay.meta.fields }),
  },
  {
    field: 'visa',
    does: 'puts its own visa in the place of the sender’s',
    change: ({ reliable, people }) => ({ ...reliable, visa: people.relay.visas[0]?.fields ?? null }),
  },
  {
    field: 'envelope_proof',
    does: 'takes away the signature of the envelope',
    change: ({ reliable }) => changeFields(reliable, { envelope_proof: undefined }),
  },
  { field: 'all of it', does: 'delivers it twice', copies: 2, change: ({ reliable }) => reliable },
];

/** A package as text, as it is shown and changed. */
export function textOfPackage(fields: JsonMap): string {
  return JSON.stringify(JSON.parse(stringifyJson(fields)), null, 2);
}

function turnBitOf(field: string): Tampering['change'] {
  return ({ reliable }) => ({ ...reliable, [field]: turnBit(reliable[field]) });
}

function turnBit(value: JsonValue | undefined): string {
  const bytes = Uint8Array.from(decodeBase64(typeof value === 'string' ? value : ''));
  const middle = bytes.length >> 1;
  bytes[middle] = (bytes[middle] ?? 0) ^ 1;
  return encodeBase64(bytes);
}

function mapValues(map: JsonMap, change: (value: JsonValue) => JsonValue): JsonMap {
  return Object.fromEntries(Object.entries(map).map(([name, value]) => [name, change(value)]));
}

/** The encrypted message keys of a message, and for whom they are. */
import type { ID, JsonMap, MessageContext, ReliableMessage } from 'dkd';
import { fieldOf, isJsonMap, optionalFieldOf } from 'dkd/extend';
import { decodeBinary, encryptedKeysFor, ifReadable, quoted } from 'dkd/internal';
import type { KeyEntryExplanation, KeysExplanation } from './explanation.ts';
import { firstOf, MAX_SHOWN } from './fault.ts';

/** Which message to look at, and for whom. */
export interface KeysOptions {
  readonly isBroadcast: boolean;
  /** As far as it can be read. */
  readonly message: ReliableMessage | undefined;
  readonly self: ID | undefined;
}

/** An entry of the map, not looked into yet. */
type Entry = readonly [name: string | undefined, value: unknown];

export function explainKeys(
  context: MessageContext,
  fields: JsonMap | undefined,
  { isBroadcast, message, self }: KeysOptions,
): KeysExplanation {
  if (fields === undefined || optionalFieldOf(fields, 'data') === undefined) return { is: 'absent' };
  const entries = entriesOf(fields);
  if (isBroadcast) return { is: 'not-needed', ignored: entries.length };
  const digest = digestOf(fields);
  if (entries.length === 0) return { is: 'reused', ...(digest !== undefined && { digest }) };
  const own = new Set(message && self ? encryptedKeysFor(context, message, self).map(({ text }) => text) : []);
  const isOwn = ([name, value]: Entry) => own.has(textOf(message, name) ?? String(value));
  // Of many keys only a few are shown, and whoever asks wants to see their own.
  const sorted = own.size === 0 ? entries : [...entries.filter(isOwn), ...entries.filter((entry) => !isOwn(entry))];
  const { items, more } = firstOf(sorted, MAX_SHOWN);
  return {
    is: 'carried',
    ...(digest !== undefined && { digest }),
    entries: { items: items.map((entry) => explainEntry(context, entry, isOwn(entry))), more },
  };
}

function entriesOf(fields: JsonMap): readonly Entry[] {
  const keys = fieldOf(fields, 'keys');
  const named = isJsonMap(keys) ? Object.entries(keys) : [];
  const key = optionalFieldOf(fields, 'key');
  const entries: Entry[] = named.filter(([name, value]) => name !== 'digest' && value !== null);
  return key === undefined ? entries : [...entries, [undefined, key]];
}

/** As the reader has it: in one spelling, however it was written. */
function textOf(message: ReliableMessage | undefined, name: string | undefined): string | undefined {
  return name === undefined ? message?.key : message?.keys.get(name);
}

function explainEntry(context: MessageContext, [name, value]: Entry, isForSelf: boolean): KeyEntryExplanation {
  const id = name === undefined ? undefined : context.ID.tryParse(name);
  const bytes = typeof value === 'string' ? ifReadable(() => decodeBinary(value)) : undefined;
  return {
    ...(name !== undefined && { name: quoted(name) }),
    ...(id !== undefined && { id: id.entity.toString() }),
    ...(id?.terminal !== undefined && { terminal: id.terminal }),
    isForSelf,
    ...(bytes !== undefined && { bytes: bytes.length }),
  };
}

/** Characters of a name that a sender gives a key: it has 16. */
const MAX_DIGEST = 64;

function digestOf(fields: JsonMap): string | undefined {
  const keys = fieldOf(fields, 'keys');
  const digest = isJsonMap(keys) ? fieldOf(keys, 'digest') : undefined;
  return typeof digest === 'string' && digest !== '' ? quoted(digest, MAX_DIGEST) : undefined;
}

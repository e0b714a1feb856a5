/**
 * What a station writes into the envelope of a message on its way. Nobody signs it, so what others wrote there does not count,
 * and all the rest of the message stays letter by letter as its sender wrote it.
 */
import type { JsonMap, JsonValue } from 'dimp';
import { decodeUtf8, encodeUtf8 } from 'dimp/extend';
import { writeJson } from 'dimp/internal';
import { forEachMember } from 'dimsdk/internal';

/** The fields, by their names in the JSON. */
const STATION_FIELDS: ReadonlySet<string> = new Set(['from', 'rcpt', 'traces', 'neighbor', 'recipients', 'muted']);

/** Whether a message has a field that stations write. */
export function hasStationFields(fields: JsonMap, names: ReadonlySet<string> = STATION_FIELDS): boolean {
  for (const name of names) if (fields[name] !== undefined) return true;
  return false;
}

/** The JSON of a message without the fields that stations write. */
export function withoutStationFields(bytes: Uint8Array, names: ReadonlySet<string> = STATION_FIELDS): Uint8Array {
  const text = decodeUtf8(bytes);
  const kept: string[] = [];
  forEachMember(text, ({ name, from, end }) => {
    // A name may be written in more than one way.
    if (!names.has(String(JSON.parse(name)))) kept.push(text.slice(from, end));
  });
  return encodeUtf8(`{${kept.join(',')}}`);
}

/** Fields to add to the JSON of a message, ready to be put before its last brace. */
export function fieldsToAdd(fields: { readonly [name: string]: JsonValue }): Uint8Array {
  return encodeUtf8(`,${writeJson(fields).slice(1)}`);
}

/** The JSON of a message with fields behind all that it has. @param added by {@link fieldsToAdd} */
export function withFields(bytes: Uint8Array, added: Uint8Array): Uint8Array {
  const end = bytes.lastIndexOf(BRACE);
  const whole = new Uint8Array(end + added.length);
  whole.set(bytes.subarray(0, end));
  whole.set(added, end);
  return whole;
}

/** The signature of a message, as its JSON has it: empty where it has none. */
export function signatureIn(bytes: Uint8Array): string {
  let signature = '';
  const text = decodeUtf8(bytes);
  forEachMember(text, ({ name, start, end }) => {
    if (name !== '"signature"' && name !== '"V"') return;
    const value: unknown = JSON.parse(text.slice(start, end));
    if (typeof value === 'string') signature = value;
  });
  return signature;
}

const BRACE = 0x7d;

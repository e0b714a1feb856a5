/** What the bytes are. */
import type { DimError, JsonMap, JsonValue, MessageContext, ReliableMessage } from 'dkd';
import { encodeUtf8, fieldOf, isBase64, isJsonMap, optionalFieldOf } from 'dkd/extend';
import { decodeBinary, ifReadable, MESSAGE_NAMES } from 'dkd/internal';
import { attemptNow, faultOf } from './fault.ts';
import type { DataExplanation, FormExplanation, MapKind, WireSign } from './form-explanation.ts';
import { readEnvelopeField, type ReadPackage } from './read-package.ts';
import { signsOf, writtenBy } from './wire-signs.ts';

/** @param content the map of the content, where it was read */
export function explainForm(context: MessageContext, read: ReadPackage, content: JsonMap | undefined): FormExplanation {
  const { bytes, json, fields, decoded } = read;
  if (fields === undefined || !isJsonMap(json)) {
    const fault = faultOf(wrongForm(read));
    return json === undefined
      ? { is: 'unreadable', bytes, fault }
      : { is: 'not-a-map', bytes, found: kindOfJson(json), fault };
  }
  const own = signsOf(fields, content, isEncrypted(context, fields));
  const signs: readonly WireSign[] = hasShortNames(json)
    ? [{ is: 'short-names', path: '', since: '2025-07' }, ...own]
    : own;
  return {
    is: decoded.ok ? 'message' : kindOf(fields),
    bytes,
    names: namesOf(json),
    data: decoded.ok ? dataOf(decoded.value) : damagedDataOf(context, read, fields),
    signs,
    written: writtenBy(signs),
  };
}

function wrongForm({ decoded }: ReadPackage): DimError {
  if (decoded.ok) throw new TypeError('a message that was read is a map');
  return decoded.error;
}

function kindOfJson(json: JsonValue): 'list' | 'text' | 'other' {
  if (Array.isArray(json)) return 'list';
  return typeof json === 'string' ? 'text' : 'other';
}

/** The names that tell a thing of the protocol from others, the most telling first. */
const KINDS: readonly (readonly [kind: MapKind, names: readonly string[]])[] = [
  ['message', ['sender', 'data', 'signature']],
  ['instant-message', ['sender', 'content']],
  ['unsigned-message', ['sender', 'data']],
  // The signature stays what it is for where its sender got lost.
  ['message', ['receiver', 'data', 'signature']],
  ['envelope', ['sender', 'receiver']],
  ['content', ['type', 'sn']],
  ['meta', ['type', 'key']],
  ['meta', ['version', 'key']],
  ['document', ['data', 'signature']],
  ['key', ['algorithm', 'data']],
  ['envelope', ['sender']],
];

/** What a map looks like, where the reader of messages does not take it. */
export function kindOf(fields: JsonMap): MapKind {
  const isThere = (name: string) => optionalFieldOf(fields, name) !== undefined;
  return KINDS.find(([, names]) => names.every((name) => isThere(name)))?.[0] ?? 'something-else';
}

/** Names that are short in what a message has of its own. */
function namesOf(map: JsonMap): 'long' | 'short' | 'mixed' {
  if (!hasShortNames(map)) return 'long';
  const long = new Set(MESSAGE_NAMES.values());
  return Object.keys(map).some((name) => long.has(name)) ? 'mixed' : 'short';
}

function hasShortNames(map: JsonMap): boolean {
  return Object.keys(map).some((name) => MESSAGE_NAMES.has(name));
}

function dataOf(message: ReliableMessage): DataExplanation {
  const { data, envelope } = message;
  const bytes = message.dataBytes.length;
  return envelope.isBroadcast ? { is: 'plain', bytes } : { is: 'encrypted', bytes, written: spellingOf(data) };
}

function spellingOf(text: string): 'base64' | 'lines' | 'data-uri' {
  if (isBase64(text)) return 'base64';
  return /^(?:base64,|data:)/i.test(text) ? 'data-uri' : 'lines';
}

function damagedDataOf(context: MessageContext, read: ReadPackage, fields: JsonMap): DataExplanation {
  const data = fieldOf(fields, 'data');
  if (data === undefined) return { is: 'absent' };
  const fault = read.faults.get('data');
  if (fault !== undefined || typeof data !== 'string')
    return fault === undefined ? { is: 'absent' } : { is: 'damaged', fault: faultOf(fault) };
  const bytes = isEncrypted(context, fields) ? ifReadable(() => decodeBinary(data)) : undefined;
  if (bytes !== undefined) return { is: 'encrypted', bytes: bytes.length, written: spellingOf(data) };
  const text = attemptNow(() => encodeUtf8(data));
  return text.ok ? { is: 'plain', bytes: text.value.length } : { is: 'damaged', fault: faultOf(text.error) };
}

/** As far as that can be told: by whom it is for. */
function isEncrypted(context: MessageContext, fields: JsonMap): boolean {
  const receiver = readEnvelopeField(context, fields, 'receiver');
  const group = readEnvelopeField(context, fields, 'group');
  if (group.ok && group.value.group?.isBroadcast === true) return false;
  return !(receiver.ok && receiver.value.receiver.isBroadcast);
}

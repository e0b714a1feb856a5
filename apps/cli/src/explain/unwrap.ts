/** One wrapping of messages: as they come over TCP, in a list, in lines, in a capture, in quotes, in base64. */
import { parseJson, stringifyJson, type DimError, type JsonMap, type JsonValue } from 'dimp';
import { decodeUtf8, encodeUtf8, isJsonMap } from 'dimp/extend';
import { decodeBinary, ifReadable } from 'dimp/internal';
import { MAGIC } from 'dimsdk/internal';
import { dim } from '../home/dim.ts';
import { areLines, linesOf } from './lines-of.ts';
import { isSignOfLife, unframe } from './unframe.ts';

/** What they were in. */
export type Wrapping = 'mtp' | 'list' | 'lines' | 'capture' | 'quotes' | 'base64' | 'byte-order-mark' | 'utf-16';

/** What is in one. */
export interface Unwrapped {
  readonly wrapping: Wrapping;
  /** Made one by one, as somebody goes through them. */
  readonly parts: Iterable<Uint8Array>;
  /** What is wrong behind the last one, once somebody has gone through all. */
  readonly fault?: (() => DimError | undefined) | undefined;
}

/** @returns undefined for what is in nothing */
export function unwrap(bytes: Uint8Array): Unwrapped | undefined {
  if (beginsWith(bytes, MAGIC)) return { wrapping: 'mtp', ...unframe(bytes) };
  const marked = withoutMark(bytes);
  if (marked !== undefined) return marked;
  const text = ifReadable(() => decodeUtf8(bytes))?.trim();
  if (text === undefined || text === '') return undefined;
  if (areLines(text)) return { wrapping: 'lines', parts: linesOf(text, (line) => encodeUtf8(line)) };
  if (text.startsWith('{')) return captureIn(text);
  if (text.startsWith('[') || text.startsWith('"')) return ofJson(ifReadable(() => parseJson(text, dim.limits)));
  return insideOf(
    'base64',
    ifReadable(() => decodeBinary(text)),
  );
}

function ofJson(json: JsonValue | undefined): Unwrapped | undefined {
  if (Array.isArray(json)) return { wrapping: 'list', parts: listed(json as readonly JsonValue[]) };
  if (typeof json !== 'string') return undefined;
  return insideOf(
    'quotes',
    ifReadable(() => encodeUtf8(json)),
  );
}

function* listed(list: readonly JsonValue[]): Generator<Uint8Array, void> {
  for (const item of list) yield encodeUtf8(stringifyJson(item));
}

/** Only what holds something of the network: an ID in quotes is one, and so is a text that could be base64 by chance. */
function insideOf(wrapping: Wrapping, part: Uint8Array | undefined): Unwrapped | undefined {
  if (part === undefined) return undefined;
  const [first] = part;
  const isWrapped = first === CURLY || first === SQUARE || first === QUOTE || beginsWith(part, MAGIC);
  const isMore = wrapping === 'quotes' && unwrap(part) !== undefined;
  return isWrapped || isMore ? { wrapping, parts: [part] } : undefined;
}

const CURLY = 0x7b;
const SQUARE = 0x5b;
const QUOTE = 0x22;

/** A recorded session, or one packet of it: `{ "packets": [{ "body": … }] }`. */
function captureIn(text: string): Unwrapped | undefined {
  // Most are messages, and large ones are not read twice.
  if (!text.includes('"body"')) return undefined;
  const map = ifReadable(() => parseJson(text, dim.limits));
  if (!isJsonMap(map) || map['sender'] !== undefined) return undefined;
  const { packets } = map;
  const bodies = (Array.isArray(packets) ? (packets as readonly JsonValue[]) : [map])
    .filter((packet) => isJsonMap(packet))
    .map((packet: JsonMap) => packet['body'])
    .filter((body) => typeof body === 'string' || isJsonMap(body));
  return bodies.length === 0 ? undefined : { wrapping: 'capture', parts: bodiesOf(bodies) };
}

function* bodiesOf(bodies: readonly (string | JsonMap)[]): Generator<Uint8Array, void> {
  for (const body of bodies) {
    const bytes = ifReadable(() => encodeUtf8(typeof body === 'string' ? body : stringifyJson(body)));
    if (bytes !== undefined && !isSignOfLife(bytes)) yield bytes;
  }
}

const MARK = [0xef, 0xbb, 0xbf];
const MARKS_OF_16 = [
  [[0xff, 0xfe], 'utf-16le'],
  [[0xfe, 0xff], 'utf-16be'],
] as const;

/** As editors and the shell of Windows write files. */
function withoutMark(bytes: Uint8Array): Unwrapped | undefined {
  if (beginsWith(bytes, MARK)) return { wrapping: 'byte-order-mark', parts: [bytes.subarray(MARK.length)] };
  const [, encoding] = MARKS_OF_16.find(([mark]) => beginsWith(bytes, mark)) ?? [];
  if (encoding === undefined) return undefined;
  return { wrapping: 'utf-16', parts: [new TextEncoder().encode(new TextDecoder(encoding).decode(bytes))] };
}

function beginsWith(bytes: Uint8Array, beginning: Iterable<number>): boolean {
  return [...beginning].every((byte, index) => bytes[index] === byte);
}

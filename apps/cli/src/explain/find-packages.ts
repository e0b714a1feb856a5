/** Messages in whatever they were handed over in: as they come over TCP, in a list, in lines, in quotes, in base64. */
import { isDimError, parseJson, stringifyJson, type DimError, type JsonValue } from 'dimp';
import { decodeUtf8, encodeUtf8 } from 'dimp/extend';
import { decodeBinary, ifReadable } from 'dimp/internal';
import { MAGIC, MtpDecoder, MtpFragments, type MtpPacket } from 'dimsdk/internal';
import { dim } from '../home/dim.ts';

/** What they were in, from the outside. */
export type Wrapping = 'mtp' | 'list' | 'lines' | 'quotes' | 'base64';

/** What was found. */
export interface FoundPackages {
  readonly wrappings: readonly Wrapping[];
  readonly packages: readonly Uint8Array[];
  /** What is wrong with the framing, behind what was found. */
  readonly fault?: DimError | undefined;
}

/** One in another in another is enough. */
const MAX_DEPTH = 4;

/** Bytes of one, and of all. */
const MAX_BYTES = 64 * 1024 * 1024;

export function findPackages(bytes: Uint8Array, depth = 0): FoundPackages {
  const inner = depth === MAX_DEPTH ? undefined : unwrap(bytes);
  if (inner === undefined) return { wrappings: [], packages: [bytes] };
  const found = inner.parts.map((part) => findPackages(part, depth + 1));
  return {
    wrappings: [inner.wrapping, ...(found[0]?.wrappings ?? [])],
    packages: found.flatMap(({ packages }) => packages),
    fault: inner.fault ?? found.find(({ fault }) => fault !== undefined)?.fault,
  };
}

interface Unwrapped {
  readonly wrapping: Wrapping;
  readonly parts: readonly Uint8Array[];
  readonly fault?: DimError | undefined;
}

function unwrap(bytes: Uint8Array): Unwrapped | undefined {
  if (MAGIC.every((byte, index) => bytes[index] === byte)) return unframe(bytes);
  const text = ifReadable(() => decodeUtf8(bytes))?.trim();
  if (text === undefined || text === '') return undefined;
  if (text.startsWith('{')) return splitLines(text);
  const isJson = text.startsWith('[') || text.startsWith('"');
  const json = isJson ? ifReadable(() => parseJson(text, dim.limits)) : undefined;
  if (Array.isArray(json))
    return { wrapping: 'list', parts: json.map((item: JsonValue) => encodeUtf8(stringifyJson(item))) };
  if (typeof json === 'string')
    return insideOf(
      'quotes',
      ifReadable(() => encodeUtf8(json)),
    );
  return insideOf(
    'base64',
    ifReadable(() => decodeBinary(text)),
  );
}

/** Only what holds something of the network: an ID in quotes is one, and so is a text that could be base64 by chance. */
function insideOf(wrapping: Wrapping, part: Uint8Array | undefined): Unwrapped | undefined {
  if (part === undefined) return undefined;
  const [first] = part;
  const isFramed = MAGIC.every((byte, index) => part[index] === byte);
  const isWrapped = first === CURLY || first === SQUARE || first === QUOTE || isFramed;
  const isMore = wrapping === 'quotes' && unwrap(part) !== undefined;
  return isWrapped || isMore ? { wrapping, parts: [part] } : undefined;
}

const CURLY = 0x7b;
const SQUARE = 0x5b;
const QUOTE = 0x22;

/** As clients put several into one payload. A map that was written over several lines is one. */
function splitLines(text: string): Unwrapped | undefined {
  const lines = text.split('\n').filter((line) => line.trim() !== '');
  if (lines.length < 2 || !lines.every((line) => line.startsWith('{') && line.trimEnd().endsWith('}')))
    return undefined;
  return { wrapping: 'lines', parts: lines.map((line) => encodeUtf8(line)) };
}

/** The payloads of packets, without what stations and clients tell each other of them: `PING`, `OK`. */
function unframe(bytes: Uint8Array): Unwrapped {
  const fragments = new MtpFragments(MAX_BYTES);
  const parts: Uint8Array[] = [];
  let fault: DimError | undefined;
  try {
    for (const packet of new MtpDecoder(MAX_BYTES).packets(bytes)) {
      const payload = payloadOf(packet, fragments);
      if (payload !== undefined && !isWord(payload)) parts.push(payload);
    }
  } catch (error) {
    if (!isDimError(error)) throw error;
    fault = error;
  }
  return { wrapping: 'mtp', parts, fault };
}

function payloadOf(packet: MtpPacket, fragments: MtpFragments): Uint8Array | undefined {
  if (packet.type !== 'fragment') return packet.body;
  const joined = fragments.join(packet, 0);
  return typeof joined === 'object' ? joined.bytes : undefined;
}

/** Longest word of the framing. */
const MAX_WORD = 5;

function isWord(payload: Uint8Array): boolean {
  return payload.length <= MAX_WORD;
}

/** The bytes of a message as the real reader takes them; and, where it takes them not, each field by itself. */
import {
  parseJson,
  type DimError,
  type Envelope,
  type JsonMap,
  type JsonValue,
  type MessageContext,
  type ReliableMessage,
  type Result,
} from 'dkd';
import { decodeUtf8, fieldOf, isJsonMap, optionalFieldOf } from 'dkd/extend';
import { expandMessageNames, MESSAGE_NAMES } from 'dkd/internal';
import { attemptNow } from './fault.ts';

/** Bytes that were read as far as they can be. */
export interface ReadPackage {
  readonly bytes: number;
  /** What the real reader says. */
  readonly decoded: Result<ReliableMessage>;
  /** The JSON in it; undefined where there is none. */
  readonly json: JsonValue | undefined;
  /** The map with long names; undefined where it is no map. */
  readonly fields: JsonMap | undefined;
  /**
   * What can be verified: the message; or, where some fields are damaged that nobody signs, the message without them.
   */
  readonly message: ReliableMessage | undefined;
  /** What is wrong with each field, taken by itself. */
  readonly faults: ReadonlyMap<string, DimError>;
}

/** Stands for a sender or receiver where another field is looked at. */
const ANYBODY = 'anyone@anywhere';
const SOME_BYTES = 'AA==';

const REQUIRED = ['sender', 'data', 'signature'];
const OPTIONAL = ['receiver', 'group', 'time', 'type', 'IV', 'iv', 'key', 'keys', 'meta', 'visa', 'envelope_proof'];
/** A message without one of these is for somebody else. */
const ADDRESSING = new Set(['receiver', 'group']);

export function readPackage(context: MessageContext, bytes: Uint8Array): ReadPackage {
  const decoded = attemptNow(() => context.ReliableMessage.decode(bytes));
  const json = readJson(context, bytes);
  const fields = isJsonMap(json) ? withLongNames(json) : undefined;
  const read = { bytes: bytes.length, decoded, json, fields };
  if (decoded.ok || fields === undefined)
    return { ...read, message: decoded.ok ? decoded.value : undefined, faults: new Map<string, DimError>() };
  const faults = faultsOf(context, fields);
  return { ...read, message: withoutDamaged(context, fields, faults), faults };
}

/** A field of the envelope, read by itself. */
export function readEnvelopeField(context: MessageContext, fields: JsonMap, name: string): Result<Envelope> {
  const own = { [name]: fieldOf(fields, name) };
  return context.Envelope.safeParse(name === 'sender' ? own : { sender: ANYBODY, ...own });
}

function readJson({ limits }: MessageContext, bytes: Uint8Array): JsonValue | undefined {
  if (bytes.length > limits.messageBytes) return undefined;
  const result = attemptNow(() => parseJson(decodeUtf8(bytes), limits));
  return result.ok ? result.value : undefined;
}

/** Where short names and long ones differ, the long ones stay: the reader has refused them together already. */
function withLongNames(map: JsonMap): JsonMap {
  const expanded = attemptNow(() => expandMessageNames(map));
  if (expanded.ok) return expanded.value;
  const isTwin = (name: string) => fieldOf(map, MESSAGE_NAMES.get(name) ?? name) !== undefined;
  const kept = Object.entries(map).filter(([name]) => !MESSAGE_NAMES.has(name) || !isTwin(name));
  const without = attemptNow(() => expandMessageNames(Object.fromEntries(kept)));
  return without.ok ? without.value : map;
}

function faultsOf(context: MessageContext, fields: JsonMap): ReadonlyMap<string, DimError> {
  const faults = new Map<string, DimError>();
  const isThere = (name: string) => fieldOf(fields, name) !== undefined;
  // What is needed first, so that it is said first.
  for (const name of [...REQUIRED, ...OPTIONAL.filter((optional) => isThere(optional))]) {
    // The older name counts where the newer is not there.
    if (name === 'iv' && optionalFieldOf(fields, 'IV') !== undefined) continue;
    const result = context.ReliableMessage.safeParse(probeOf(context, fields, name));
    if (!result.ok) faults.set(name, result.error);
  }
  return faults;
}

/** A message that is sound but for one field. */
function probeOf(context: MessageContext, fields: JsonMap, name: string): object {
  const probe = { sender: ANYBODY, data: SOME_BYTES, signature: SOME_BYTES };
  const own = { [name]: fieldOf(fields, name) };
  // Whether data are base64 or text depends on whom they are for.
  return name === 'data' ? { ...probe, ...addressingOf(context, fields), ...own } : { ...probe, ...own };
}

function addressingOf(context: MessageContext, fields: JsonMap): object {
  const isSound = (name: string) => fieldOf(fields, name) !== undefined && readEnvelopeField(context, fields, name).ok;
  return Object.fromEntries([...ADDRESSING].filter(isSound).map((name) => [name, fieldOf(fields, name)]));
}

/** The signature covers the data alone, so that it can be checked without what else is damaged. */
function withoutDamaged(
  context: MessageContext,
  fields: JsonMap,
  faults: ReadonlyMap<string, DimError>,
): ReliableMessage | undefined {
  if (REQUIRED.some((name) => faults.has(name)) || faults.has('receiver')) return undefined;
  const kept = Object.entries(fields).filter(([name]) => !faults.has(name));
  return context.ReliableMessage.tryParse(Object.fromEntries(kept));
}

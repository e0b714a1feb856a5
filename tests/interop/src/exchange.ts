/** One direction of an exchange: somebody writes, somebody else reads, and both must mean the same. */
import { stringifyJson, type JsonMap, type JsonValue } from 'dimp';
import { changeFields, fieldOf, parseJsonMap } from 'dimp/extend';
import { expandContentNames } from 'dimp/internal';
import { makeContent } from './own/kinds.ts';
import { shapeFor } from './shapes.ts';
import type { Side } from './side.ts';
import { asText, difference, mapIn, text } from './values.ts';
import type { World } from './world.ts';

/** Who writes to whom. */
export interface Exchange {
  readonly writer: Side;
  readonly reader: Side;
  readonly world: World;
}

/** What is sent, and how. */
export interface Sending {
  readonly sender: string;
  /** The receiver on the envelope. */
  readonly receiver: string;
  /** Who reads it; the receiver, if not given. */
  readonly as?: string;
  readonly kind: string;
  readonly values: JsonMap;
  /** What the reader must find in the values, where it is not what was written. */
  readonly expected?: JsonMap;
  /** Parameters of `pack`. */
  readonly options?: JsonMap;
  /** What happens to the package on its way. */
  readonly carry?: (message: JsonMap) => JsonMap;
}

/** The two sides understand something differently. */
export class Difference extends Error {
  override readonly name = 'Difference';
}

/** Fails where two values differ. */
export function same(what: string, one: JsonValue | undefined, other: JsonValue | undefined): void {
  const found = difference(one, other);
  if (found !== undefined) throw new Difference(`${what}${found}`);
}

/** Lets the writer pack a message. @returns the package, and what was encrypted */
export async function pack(
  { writer, reader }: Pick<Exchange, 'writer' | 'reader'>,
  { sender, receiver, kind, values, options = {} }: Omit<Sending, 'expected' | 'carry'>,
): Promise<{ readonly package: string; readonly content: string }> {
  // Who has no such kind writes the map of it.
  const named = writer.introduction.kinds.includes(kind)
    ? { kind, values }
    : { kind: 'map', values: { map: stringifyJson(makeContent(kind, values).fields) } };
  const packed = await writer.request('pack', { shape: shapeFor(reader), ...options, sender, receiver, ...named });
  return { package: text(packed, 'package'), content: text(packed, 'content') };
}

/** Sends a message, and fails when the reader does not find in it what was written. */
export async function send(exchange: Exchange, sending: Sending): Promise<string> {
  const { reader } = exchange;
  const packed = await pack(exchange, sending);
  const carried =
    sending.carry === undefined ? packed.package : stringifyJson(sending.carry(parseJsonMap(packed.package)));
  const kind = reader.introduction.kinds.includes(sending.kind) ? sending.kind : 'map';
  const read = await reader.request('unpack', { receiver: sending.as ?? sending.receiver, kind, package: carried });
  same('sender', text(read, 'sender'), sending.sender.split('/')[0]);
  const written = withLongNames(packed.content);
  same('content', written, withLongNames(text(read, 'content')));
  if (kind !== 'map')
    compareValues(
      { ...(sending.expected ?? sending.values), ...numberOf(written, sending) },
      read['values'] as JsonMap,
    );
  same('group', fieldOf(sending.values, 'group'), fieldOf(read, 'group'));
  return carried;
}

/** A receipt of the shape deployed has the number of what it answers in place of its own, which is lost. */
function numberOf(written: JsonMap, { kind, values }: Sending): JsonMap {
  const sn = asText(written['sn']);
  if (kind !== 'receipt' && values['sn'] !== undefined) same('sn', values['sn'], sn);
  return { sn };
}

/** All that was written must be read; a number or a group that nobody asked for is no matter. */
function compareValues(written: JsonMap, read: JsonMap): void {
  for (const [name, value] of Object.entries(written)) {
    if (name !== 'more' && name !== 'time') same(name, meaningOf(value), meaningOf(fieldOf(read, name)));
  }
}

/** Metas and documents inside are the same whether or not they carry what older readers look for. */
function meaningOf(value: JsonValue | undefined): JsonValue | undefined {
  if (Array.isArray(value)) return value.map((item: JsonValue) => meaningOf(item) ?? null);
  const fields = typeof value === 'string' ? mapIn(value) : undefined;
  if (fields === undefined) return value;
  const { type, version, did, ID } = fields;
  return changeFields(fields, {
    ...(type !== undefined && { type: asText(type) }),
    ...(asText(version) === asText(type) && { version: undefined }),
    ...(ID === did && { ID: undefined }),
  });
}

function withLongNames(content: string): JsonMap {
  return expandContentNames(parseJsonMap(content));
}

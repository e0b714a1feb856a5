/**
 * Which message a receipt is for, in the shapes of the years:
 *
 * - `"origin": { "sender": ID, "receiver"?: ID, "time"?, "type"?, "sn"?, "signature"? }`
 * - `"envelope": { the same }`
 * - the fields `sender`, `receiver`, `sn` and `signature` of the command itself
 *
 * Some senders write two of them, or a part of it in each.
 */
import { DimError, type ID } from 'dkd';
import {
  typeName,
  fieldOf,
  optionalFieldOf,
  optionalMapOf,
  readContentType,
  readSerialNumber,
  readTime,
  within,
} from 'dkd/extend';
import { ownId } from 'dkd/internal';
import type { ContentReaders, JsonMap, JsonValue, SerialNumber } from 'dkd';
import type { CommandInit } from './command.ts';

/** Which message a receipt is for. */
export interface ReceiptOrigin {
  /** Who wrote it; undefined only in receipts of before 2023, which may name no more than number and signature. */
  readonly sender: ID | undefined;
  readonly receiver: ID | undefined;
  /** When it was sent, in seconds since 1970. */
  readonly time: number | undefined;
  /** The type of its content, in digits. */
  readonly type: string | undefined;
  /** The serial number of its content. */
  readonly sn: SerialNumber | undefined;
  /** Its signature, base64; some senders give only the end of it. */
  readonly signature: string | undefined;
}

/** A map that may tell of the message. */
interface Source {
  readonly path: string;
  readonly map: JsonMap;
}

/**
 * The message that a receipt is for.
 * @throws DimError `INPUT_…`, with `INPUT_CONFLICT` when two shapes tell of different messages
 */
export function readOrigin(init: CommandInit, readers: ContentReaders): ReceiptOrigin | undefined {
  const { fields } = init;
  const sources = ['origin', 'envelope']
    .map((path) => readSource(fields, path))
    .filter((source) => source !== undefined);
  const isFlat = ['sender', 'signature'].some((name) => optionalFieldOf(fields, name) !== undefined);
  if (!isFlat && sources.length === 0) return undefined;

  const flat: Source = { path: '', map: fields };
  const everywhere = isFlat ? [...sources, flat] : sources;
  const readId = (value: JsonValue): ID => readers.readId(value);
  return Object.freeze({
    sender: readFrom(everywhere, 'sender', readId),
    receiver: readFrom(everywhere, 'receiver', readId),
    // A flat receipt has time and type of its own, but the number of the message in place of its own.
    time: readFrom(sources, 'time', readTime),
    type: readFrom(sources, 'type', readContentType),
    sn: readFrom(sources, 'sn', readSerialNumber) ?? (isFlat ? init.sn : undefined),
    signature: readFrom(everywhere, 'signature', readText),
  });
}

function readSource(fields: JsonMap, path: string): Source | undefined {
  const map = optionalMapOf(fields, path);
  if (map === undefined) return undefined;
  if (fieldOf(map, 'sender') === undefined)
    throw new DimError('INPUT_MISSING', 'is required', { path: `${path}.sender` });
  return { path, map };
}

function readFrom<T>(sources: readonly Source[], name: string, read: (value: JsonValue) => T): T | undefined {
  let found: { readonly path: string; readonly value: T } | undefined;
  for (const source of sources) {
    const raw = optionalFieldOf(source.map, name);
    if (raw === undefined) continue;
    const path = source.path === '' ? name : `${source.path}.${name}`;
    const value = within(path, () => read(raw));
    if (found !== undefined && !isSame(found.value, value))
      throw new DimError('INPUT_CONFLICT', `differs from ${found.path}`, { path });
    found ??= { path, value };
  }
  return found?.value;
}

function isSame(one: unknown, other: unknown): boolean {
  const [id, otherId] = [ownId(one), ownId(other)];
  return id !== undefined && otherId !== undefined ? id.equals(otherId) : one === other;
}

function readText(value: JsonValue): string {
  if (typeof value === 'string') return value;
  throw new DimError('INPUT_TYPE', `must be text, not ${typeName(value)}`);
}

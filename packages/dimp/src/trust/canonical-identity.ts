/** What is kept of a meta or document that somebody else wrote: what the protocol says, and nothing that others added. */
import { type JsonMap, type JsonValue } from 'dkd';
import { changeFields, fieldOf, isJsonMap } from 'dkd/extend';

export const META_FIELDS: ReadonlySet<string> = new Set(['type', 'version', 'key', 'seed', 'fingerprint']);
export const DOCUMENT_FIELDS: ReadonlySet<string> = new Set(['did', 'ID', 'type', 'data', 'signature']);

/** Longer texts are no hints for the use of a key, besides its data. */
const MAX_HINT_LENGTH = 64;
const MAX_HINTS = 16;

/** The map of a meta without what nobody signs; the same map where there is nothing to leave out. */
export function canonicalMeta(fields: JsonMap): JsonMap {
  const picked = pick(fields, (name) => META_FIELDS.has(name));
  const key = fieldOf(picked, 'key');
  if (!isJsonMap(key)) return picked;
  const canonicalKey = pick(key, (name, value, index) => name === 'data' || (index < MAX_HINTS && isHint(value)));
  return canonicalKey === key ? picked : changeFields(picked, { key: canonicalKey });
}

/** The map of a document without what nobody signs; the same map where there is nothing to leave out. */
export function canonicalDocument(fields: JsonMap): JsonMap {
  return pick(fields, (name) => DOCUMENT_FIELDS.has(name));
}

/** What says how to use a key: short values. */
function isHint(value: JsonValue): boolean {
  return typeof value === 'string' ? value.length <= MAX_HINT_LENGTH : typeof value !== 'object';
}

function pick(fields: JsonMap, isKept: (name: string, value: JsonValue, index: number) => boolean): JsonMap {
  const entries = Object.entries(fields);
  const kept = entries.filter(([name, value], index) => isKept(name, value, index));
  return kept.length === entries.length ? fields : Object.freeze(Object.fromEntries(kept));
}

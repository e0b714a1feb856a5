/** What a content says, for those who asked to see it: cut short, fit for a terminal, and without keys. */
import type { JsonMap, JsonValue } from 'dkd';
import { fieldOf, isJsonMap } from 'dkd/extend';
import { visible } from 'dkd/internal';

const MAX_TEXT = 500;
const MAX_ITEMS = 32;
const MAX_DEPTH = 6;

/** Stands for what is left out. */
const MORE = '...';

/** Encodings that stand where keys have their algorithm. */
const ENCODINGS: ReadonlySet<string> = /* @__PURE__ */ new Set(['base64', 'base58', 'hex', 'utf-8', 'utf8', '']);

export function excerptOf(value: JsonValue, depth = 0): JsonValue {
  if (typeof value === 'string') return excerptOfText(value);
  if (typeof value === 'bigint') return String(value);
  if (typeof value !== 'object' || value === null) return value;
  if (depth === MAX_DEPTH) return MORE;
  if (!isJsonMap(value)) {
    const items = value.slice(0, MAX_ITEMS).map((item) => excerptOf(item, depth + 1));
    return value.length > MAX_ITEMS ? [...items, MORE] : items;
  }
  const entries = Object.entries(isKey(value) ? withoutKey(value) : value);
  const shown = entries.slice(0, MAX_ITEMS).map(([name, item]) => [excerptOfText(name), excerptOf(item, depth + 1)]);
  return Object.fromEntries(entries.length > MAX_ITEMS ? [...shown, [MORE, MORE]] : shown) as JsonMap;
}

function excerptOfText(text: string): string {
  return visible(text.length > MAX_TEXT ? `${text.slice(0, MAX_TEXT)}${MORE}` : text);
}

/** A file's key stands in its content, and so may any other. A public one is no secret. */
function isKey(map: JsonMap): boolean {
  const algorithm = fieldOf(map, 'algorithm') ?? fieldOf(map, 'A');
  if (typeof algorithm !== 'string' || ENCODINGS.has(algorithm.toLowerCase())) return false;
  const data = fieldOf(map, 'data');
  return typeof data !== 'string' || !data.includes('PUBLIC KEY');
}

function withoutKey(map: JsonMap): JsonMap {
  const hint = Object.entries(map).filter(([name]) => name === 'algorithm' || name === 'A');
  return { ...Object.fromEntries(hint), data: '(a key)' };
}

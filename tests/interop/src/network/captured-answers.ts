/**
 * What a deployed station (`dimples` 2.1.1) answered to each request, in `captured-answers.json`. What is another one each time, as
 * numbers and signatures, stands there as a word in `<…>`; so do metas and documents.
 */
import { readFileSync } from 'node:fs';
import { isDeepStrictEqual } from 'node:util';
import type { JsonMap, JsonValue } from 'dimp';
import { isJsonMap } from 'dimp/extend';

/** A message of the station. */
export interface CapturedAnswer {
  /** What it brought of the station's identity: `meta`, `visa`. */
  readonly attached: readonly string[];
  readonly content: JsonMap;
}

/** A request and what came of it. */
export interface CapturedRequest {
  readonly note: string;
  readonly to: string;
  readonly request: JsonMap;
  readonly answers: readonly CapturedAnswer[];
}

export const CAPTURED: readonly CapturedRequest[] = JSON.parse(
  readFileSync(new URL('../../captured-answers.json', import.meta.url), 'utf8'),
) as readonly CapturedRequest[];

/** What stands for the values of some fields. */
const WORDS: Readonly<Record<string, string>> = {
  meta: '<meta>',
  document: '<document>',
  secrets: '<messages>',
  traces: '<traces>',
  session: '<session>',
  remote_address: '<address>',
  time: '<time>',
  last_time: '<time>',
  signature: '<signature>',
  IV: '<IV>',
};

/** Puts words for what is another one each time. @param names words by IDs */
export function withWords(value: JsonValue, names: ReadonlyMap<string, string>, sn: JsonValue, field = ''): JsonValue {
  if (field === 'sn') return value === sn ? '<sn of the request>' : '<sn>';
  if (field === 'documents' && Array.isArray(value)) return value.map(() => '<document>');
  const word = WORDS[field];
  if (word !== undefined) return word;
  if (Array.isArray(value)) return value.map((item: JsonValue) => withWords(item, names, sn));
  if (isJsonMap(value))
    return Object.fromEntries(
      Object.entries(value).map(([name, of]) => [name, withWords(of ?? null, names, sn, name)]),
    );
  return typeof value === 'string' ? (names.get(value) ?? value) : value;
}

/** How a content differs from a captured one: `-field` is not there, `+field` is there too, `field` has another value. */
export function differencesOf(
  captured: JsonValue | undefined,
  ours: JsonValue | undefined,
  path = '',
): readonly string[] {
  if (isDeepStrictEqual(captured, ours)) return [];
  if (captured === undefined) return [`+${path}`];
  if (ours === undefined) return [`-${path}`];
  const [one, other] = [membersOf(captured), membersOf(ours)];
  if (one === undefined || other === undefined) return [path];
  const names = [...new Set([...Object.keys(one), ...Object.keys(other)])];
  return names.flatMap((name) => differencesOf(one[name], other[name], path === '' ? name : `${path}.${name}`));
}

function membersOf(value: JsonValue): JsonMap | undefined {
  if (Array.isArray(value)) return Object.fromEntries(value.map((item: JsonValue, index) => [String(index), item]));
  return isJsonMap(value) ? value : undefined;
}

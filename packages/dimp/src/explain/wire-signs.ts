/** What the shape of a message tells of the software that wrote it: deployed clients still write the shapes of many years. */
import type { JsonMap, JsonValue } from 'dkd';
import { fieldOf, isJsonMap, optionalFieldOf } from 'dkd/extend';
import type { SignName, WireSign, Written } from './form-explanation.ts';

/** Since when, or until when, the protocol has such a shape: year and month. */
const YEARS: Readonly<Partial<Record<SignName, Pick<WireSign, 'since' | 'until'>>>> = {
  'single-key': { until: '2026-07' },
  'keys-of-terminals': { since: '2025-12' },
  'iv-in-message': { since: '2024-08' },
  'no-iv': { until: '2024-08' },
  'type-in-digits': { since: '2024-12' },
  'type-as-number': { until: '2025-06' },
  'newer-name': { since: '2025-06' },
  'older-name': { until: '2025-06' },
};

/** Names of before 2025, where they stand. */
const OLDER_NAMES: Readonly<Record<string, readonly string[]>> = {
  meta: ['version'],
  visa: ['ID'],
  content: ['ID', 'cmd', 'password'],
};

/** A map in a message, and where it stands. */
interface Place {
  readonly path: string;
  readonly map: JsonMap;
}

/**
 * The signs in a message map with long names.
 * @param content the map of its content, where it was read
 */
export function signsOf(fields: JsonMap, content: JsonMap | undefined, isEncrypted: boolean): readonly WireSign[] {
  const seen = new Map<SignName, WireSign>();
  const see = (is: SignName, path: string) => {
    if (!seen.has(is)) seen.set(is, { is, path, ...YEARS[is] });
  };
  const places: Place[] = [{ path: '', map: fields }];
  for (const name of ['meta', 'visa']) {
    const map = fieldOf(fields, name);
    if (isJsonMap(map)) places.push({ path: name, map });
  }
  if (content !== undefined) places.push({ path: 'content', map: content });
  seeKeys(fields, isEncrypted, see);
  for (const place of places) seeMap(place, see);
  if (optionalFieldOf(fields, 'envelope_proof') !== undefined) see('envelope-proof', 'envelope_proof');
  return [...seen.values()];
}

type See = (is: SignName, path: string) => void;

function seeKeys(fields: JsonMap, isEncrypted: boolean, see: See): void {
  if (optionalFieldOf(fields, 'key') !== undefined) see('single-key', 'key');
  const keys = fieldOf(fields, 'keys');
  if (isJsonMap(keys) && Object.keys(keys).some((name) => name.includes('/'))) see('keys-of-terminals', 'keys');
  const iv = ['IV', 'iv'].find((name) => optionalFieldOf(fields, name) !== undefined);
  if (isEncrypted && hasLines(fieldOf(fields, 'data') ?? null)) see('line-breaks', 'data');
  if (iv !== undefined) see('iv-in-message', iv);
  else if (isEncrypted && typeof fieldOf(fields, 'data') === 'string') see('no-iv', '');
}

function seeMap({ path, map }: Place, see: See): void {
  const at = (name: string) => (path === '' ? name : `${path}.${name}`);
  seeType(fieldOf(map, 'type'), at('type'), see);
  seeTime(fieldOf(map, 'time'), at('time'), see);
  for (const older of OLDER_NAMES[path] ?? [])
    if (optionalFieldOf(map, older) !== undefined) see('older-name', at(older));
  if (path !== '' && optionalFieldOf(map, 'did') !== undefined) see('newer-name', at('did'));
  for (const [name, value] of Object.entries(map)) {
    if (value === null) see('null-for-absent', at(name));
    // A text for people may have lines.
    if (path !== 'content' && BINARY.has(name) && hasLines(value)) see('line-breaks', at(name));
  }
}

const BINARY: ReadonlySet<string> = /* @__PURE__ */ new Set(['IV', 'iv', 'key', 'signature', 'fingerprint']);

function hasLines(value: JsonValue): boolean {
  return typeof value === 'string' && /[\r\n]/.test(value);
}

function seeType(type: JsonValue | undefined, path: string, see: See): void {
  // Types of documents are words.
  if (path === 'visa.type') return;
  if (typeof type === 'number') see('type-as-number', path);
  else if (typeof type === 'string') see(/^\d{1,10}$/.test(type) ? 'type-in-digits' : 'type-as-word', path);
}

function seeTime(time: JsonValue | undefined, path: string, see: See): void {
  if (typeof time === 'string') see('time-as-text', path);
  else if (typeof time === 'number' && Number.isInteger(time)) see('whole-seconds', path);
}

/** The latest month since which, and the earliest until which, the protocol has what was seen. */
export function writtenBy(signs: readonly WireSign[]): Written {
  const since = signs
    .map((sign) => sign.since ?? '')
    .sort()
    .at(-1);
  const until = signs.map((sign) => sign.until ?? '9999-99').sort()[0];
  return {
    ...(since !== undefined && since !== '' && { since }),
    ...(until !== undefined && until !== '9999-99' && { until }),
  };
}

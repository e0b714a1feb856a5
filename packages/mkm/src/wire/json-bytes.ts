/**
 * JSON in bytes.
 *
 * A long text of base64, which most of a large message is, is taken from the bytes as it stands: there is nothing in it that
 * JSON writes in another way. To have a text of all the bytes first, and then a text of that, takes some times as long.
 */
import * as platform from '#bytes';
import { outerMembers } from './json-members.ts';
import { setField, type JsonMap, type MutableJsonMap } from './json-map.ts';
import { parseJsonMap } from './json-text.ts';
import type { Limits } from './limits.ts';
import { decodeUtf8 } from './utf8.ts';

/** From how many bytes on a text is long. */
const LONG = 4096;
const QUOTE = 0x22;

/**
 * Reads the bytes of JSON that must hold an object, as {@link parseJsonMap} reads their text.
 * @throws DimError `INPUT_FORMAT` when it is no UTF-8 or no JSON, `INPUT_LIMIT` when it is too deep or too large
 */
export function parseJsonBytes(bytes: Uint8Array, limits: Limits): JsonMap {
  return withLongTexts(bytes, limits) ?? parseJsonMap(decodeUtf8(bytes), limits);
}

/** @returns undefined where there is no long text of base64, or a name may be there twice */
function withLongTexts(bytes: Uint8Array, limits: Limits): JsonMap | undefined {
  if (bytes.length < platform.LARGE || bytes.length > limits.messageBytes || !mayHaveLongText(bytes)) return undefined;
  const members = outerMembers(bytes, limits);
  if (members === undefined) return undefined;
  const texts = new Map<string, string>();
  let rest = '';
  let end = 0;
  for (const member of members) {
    if (member.end - member.start < LONG || bytes[member.start] !== QUOTE) continue;
    const text = platform.base64In(bytes, member.start + 1, member.end - 1);
    if (text === undefined) continue;
    texts.set(decodeUtf8(bytes.subarray(member.nameStart, member.nameEnd)), text);
    rest += `${decodeUtf8(bytes.subarray(end, member.start))}""`;
    end = member.end;
  }
  if (texts.size === 0) return undefined;
  const map = parseJsonMap(rest + decodeUtf8(bytes.subarray(end)), limits);
  return Object.keys(map).length === members.length ? withTexts(map, texts) : undefined;
}

/** Whether there is a long way without a quote. To see that takes little where there is none, as in a message with many keys. */
function mayHaveLongText(bytes: Uint8Array): boolean {
  const step = LONG / 2;
  const searched = platform.searchable(bytes);
  for (let at = 0; at < bytes.length; at += step) {
    const quote = searched.indexOf(QUOTE, at);
    if (quote === -1) return false;
    if (quote >= at + step) return true;
  }
  return false;
}

/** The map with these texts, each in the place that it has there. */
function withTexts(map: JsonMap, texts: ReadonlyMap<string, string>): JsonMap {
  const whole: MutableJsonMap = {};
  for (const name of Object.keys(map)) setField(whole, name, texts.get(name) ?? map[name]);
  return Object.freeze(whole);
}

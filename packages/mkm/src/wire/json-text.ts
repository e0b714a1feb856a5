/**
 * JSON text, without rounding.
 *
 * Serial numbers go up to 2^64 - 1, and JSON.parse rounds integers beyond 2^53 - 1. Here such an integer is a
 * `bigint`, in unknown fields too. The platform's own JSON does the work: where it gave a number beyond that, each long
 * integer is replaced by a marked text, and the text is parsed again with a reviver that makes a bigint of the mark;
 * writing goes the other way round.
 */
import { DimError } from '../errors/dim-error.ts';
import { DEFAULT_LIMITS, type Limits } from './limits.ts';
import { copyJson, typeName, freezeParsed, isJsonMap, type JsonMap, type JsonValue } from './json-map.ts';

/** Longer integers than this are an attack on whoever computes with them. */
const MAX_DIGITS = 40;

/** The escape of a surrogate: after an even number of backslashes, which are text. */
const LONE_SURROGATE = /(?<!\\)(?:\\\\)*\\ud[89a-f]/;

/** The start of a text, or of a number of at least sixteen characters. It takes no more: a number may be as long as a message. */
const TEXT_OR_LONG_NUMBER = /"|-?\d[\d.eE+-]{15}/g;
const IN_NUMBER = '0123456789.eE+-';

/**
 * Reads JSON text.
 * @throws DimError `INPUT_FORMAT` when it is not JSON, `INPUT_LIMIT` when it is too deep or too large
 */
export function parseJson(text: string, limits: Limits = DEFAULT_LIMITS): JsonValue {
  if (text.length > limits.messageBytes)
    throw new DimError('INPUT_LIMIT', `is longer than ${limits.messageBytes} characters (limits.messageBytes)`);
  // First as it is: marks would make JSON of what is none, such as a number with leading zeros or in a name's place.
  const rounded = parsePlain(text);
  const outcome = freezeParsed(rounded, limits);
  if (outcome === 'ready') return rounded as JsonValue;
  return copyJson(outcome === 'rounded' ? parseExact(text, rounded) : rounded, limits);
}

/** {@link parseJson} for text that must hold an object. */
export function parseJsonMap(text: string, limits: Limits = DEFAULT_LIMITS): JsonMap {
  const value = parseJson(text, limits);
  if (!isJsonMap(value)) throw new DimError('INPUT_TYPE', `must be a map, not ${typeName(value)}`);
  return value;
}

function parsePlain(text: string, reviver?: (name: string, value: unknown) => unknown): unknown {
  try {
    return JSON.parse(text, reviver);
  } catch (error) {
    // V8 quotes the text in its message: that stays in neither our message nor our cause.
    if (error instanceof RangeError) throw new DimError('INPUT_LIMIT', 'is nested too deep');
    throw new DimError('INPUT_FORMAT', 'must be JSON');
  }
}

/** The value with each long integer as a bigint. */
function parseExact(text: string, rounded: unknown): unknown {
  const mark = createMark();
  const marked = markLongIntegers(text, mark);
  if (marked === text) return rounded;
  return parsePlain(marked, (_name, value: unknown) =>
    typeof value === 'string' && value.startsWith(mark) ? BigInt(value.slice(mark.length)) : value,
  );
}

/**
 * Writes JSON text. Values are written as they are: a bigint as an integer.
 * @throws DimError `INPUT_FORMAT` for a lone surrogate
 */
export function stringifyJson(value: JsonValue): string {
  const text = writeJson(value);
  // JSON.stringify writes a lone surrogate as an escape, which readers in other languages choke on.
  if (text.includes('\\ud') && LONE_SURROGATE.test(text))
    throw new DimError('INPUT_FORMAT', 'text has a lone surrogate');
  return text;
}

/** {@link stringifyJson} for what {@link parseJson} alone will read: a lone surrogate that came in is kept as its escape. */
export function writeJson(value: JsonValue): string {
  try {
    return JSON.stringify(value);
  } catch {
    // A bigint somewhere inside.
    const mark = createMark();
    const marked = JSON.stringify(value, (_name, item: unknown) =>
      typeof item === 'bigint' ? mark + item.toString() : item,
    );
    return marked.replaceAll(new RegExp(`"${mark}(-?\\d+)"`, 'g'), '$1');
  }
}

/** A prefix that no sender can foresee, so that no text from a peer passes for a number. */
function createMark(): string {
  return Array.from(crypto.getRandomValues(new Uint32Array(4)), (part) => part.toString(16)).join('-') + ':';
}

function markLongIntegers(text: string, mark: string): string {
  let marked = '';
  let copied = 0;
  TEXT_OR_LONG_NUMBER.lastIndex = 0;
  for (let match = TEXT_OR_LONG_NUMBER.exec(text); match !== null; match = TEXT_OR_LONG_NUMBER.exec(text)) {
    const isText = match[0] === '"';
    const end = isText ? endOfText(text, match.index + 1) : endOfNumber(text, TEXT_OR_LONG_NUMBER.lastIndex);
    TEXT_OR_LONG_NUMBER.lastIndex = end;
    const token = isText ? '' : text.slice(match.index, end);
    if (!/^-?\d+$/.test(token)) continue;
    if (token.replace('-', '').length > MAX_DIGITS)
      throw new DimError('INPUT_LIMIT', `has an integer of more than ${MAX_DIGITS} digits`);
    if (Number.isSafeInteger(Number(token))) continue;
    marked += `${text.slice(copied, match.index)}"${mark}${token}"`;
    copied = end;
  }
  return marked + text.slice(copied);
}

/** The index after the number that goes on at `index`. */
function endOfNumber(text: string, index: number): number {
  let end = index;
  while (end < text.length && IN_NUMBER.includes(text.charAt(end))) end++;
  return end;
}

/** The index after the quote that ends the text starting at `index`. */
function endOfText(text: string, index: number): number {
  for (let quote = text.indexOf('"', index); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charAt(quote - 1 - backslashes) === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

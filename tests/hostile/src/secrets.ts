/**
 * Whether an error repeats its input: keys, signatures, ciphertexts, plaintexts.
 *
 * A window of 24 characters of a text is never there by chance, and says enough to be worth hiding. What a peer may
 * know of anybody is left out: IDs, and the names of fields.
 */
import { causesOf } from 'runner/error-rules';

const WINDOW = 24;

/** An error quotes the beginning or the end of a text; in between nobody looks. */
const EDGE = 64 * 1024;

const PUBLIC_ID = /[^\s@"\\/]{0,64}@[1-9A-HJ-NP-Za-km-z]{26,35}|\b0x[0-9a-fA-F]{40}\b|\b[1-9A-HJ-NP-Za-km-z]{26,35}\b/g;

/**
 * All texts of a value that are long enough to be recognized.
 * @param value a case's input as it is written, so that no code of a made value is called
 */
export function textsOf(value: unknown): readonly string[] {
  if (typeof value === 'string') return value.length < WINDOW ? [] : [value];
  if (typeof value !== 'object' || value === null) return [];
  if ('unit' in value && typeof value.unit === 'string' && 'times' in value) {
    return textsOf(value.unit.repeat(Math.min(Number(value.times), 2 * WINDOW)));
  }
  return Object.values(value).flatMap((part: unknown) => textsOf(part));
}

/** Whether an error, or one behind it, shows a part of one of the texts. */
export function reveals(error: unknown, texts: readonly string[]): boolean {
  const words = causesOf(error)
    .map((cause) => shownBy(cause))
    .join('\n')
    .replaceAll(PUBLIC_ID, '?');
  const windows = windowsOf(withoutBlanks(words));
  if (windows.length === 0) return false;
  return texts.some((text) => {
    const searched = edgesOf(text).map((edge) => withoutBlanks(edge.replaceAll(PUBLIC_ID, '?')));
    return windows.some((window) => searched.some((edge) => edge.includes(window)));
  });
}

function shownBy(error: unknown): string {
  if (!(error instanceof Error)) return '';
  const { message } = error;
  const more: readonly unknown[] = [Reflect.get(error, 'path'), Reflect.get(error, 'reason')];
  return [message, ...more.filter((text) => typeof text === 'string')].join('\n');
}

function edgesOf(text: string): readonly string[] {
  return text.length <= 2 * EDGE ? [text] : [text.slice(0, EDGE), text.slice(-EDGE)];
}

/** A PEM text is the same key with and without its line breaks. */
function withoutBlanks(text: string): string {
  return text.replaceAll(/\s/g, '');
}

function windowsOf(text: string): readonly string[] {
  return Array.from({ length: Math.max(0, text.length - WINDOW + 1) }, (_, start) => text.slice(start, start + WINDOW));
}

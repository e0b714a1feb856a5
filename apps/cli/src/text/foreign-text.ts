/** What others wrote, in lines that are safe to print: nothing of it moves a cursor, turns the direction of writing or hides. */
import { printable } from './printable.ts';

/** How much is shown at once. */
export interface TextBounds {
  readonly lines: number;
  readonly characters: number;
}

/** A part of a text. */
export interface ForeignText {
  readonly lines: readonly string[];
  /** Where the next part begins; undefined at the end. */
  readonly next: number | undefined;
  /** Lines that are left after it. */
  readonly linesLeft: number;
}

const LINE_END = /\r\n|[\n\v\f\r\u0085\u2028\u2029]/gu;

/** Writing needs these two between letters of some scripts, and emoji are joined by one; elsewhere they hide. */
const JOINERS =
  /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})|(?<=[\p{sc=Arab}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}])[\u200C\u200D](?=[\p{sc=Arab}\p{sc=Deva}\p{sc=Beng}\p{sc=Guru}\p{sc=Gujr}\p{sc=Orya}\p{sc=Taml}\p{sc=Telu}\p{sc=Knda}\p{sc=Mlym}\p{sc=Sinh}])/gu;

/** Marks above each other grow over the lines around them. */
const MARKS = /(\p{M}{4})\p{M}{1,1000}/gu;

/** Letters and spaces that show nothing: a name of them is none. */
const BLANKS = /[\p{Zs}\u115F\u1160\u2800\u3164\uFFA0]/gu;

const MAX_NAME = 24;

/** The lines of a text from a place on. Linear in its length, whatever stands in it. */
export function foreignLines(text: string, bounds: TextBounds, from = 0): ForeignText {
  const lines: string[] = [];
  let at = from;
  let left = bounds.characters;
  while (lines.length < bounds.lines && left > 0 && at <= text.length) {
    const end = lineEnd(text, at);
    const taken = wholeCharacters(text, at, Math.min(end.at - at, left));
    lines.push(printableLine(text.slice(at, at + taken)));
    left -= taken + 1;
    // A line that is longer than what is shown goes on with the next part.
    at = taken < end.at - at ? at + taken : end.next;
  }
  const isOver = at > text.length;
  return { lines, next: isOver ? undefined : at, linesLeft: countLines(text, at) };
}

/** A text in one line. */
export function foreignLine(text: string, characters: number): string {
  const line = text.slice(0, characters).replace(LINE_END, ' ');
  return printableLine(line) + (text.length > characters ? '...' : '');
}

/** A name that somebody chose, or undefined where it shows nothing. */
export function foreignName(name: string | undefined): string | undefined {
  const line = foreignLine(name ?? '', MAX_NAME)
    .replace(BLANKS, ' ')
    .trim();
  return line === '' ? undefined : line;
}

/** As `printable`, but emoji and scripts that need joiners keep them. */
function printableLine(text: string): string {
  const parts: string[] = [];
  let at = 0;
  const plain = text.replaceAll('\t', '  ').replace(MARKS, '$1');
  for (const { index, 0: joiner } of plain.matchAll(JOINERS)) {
    parts.push(printable(plain.slice(at, index), Infinity), joiner);
    at = index + joiner.length;
  }
  return parts.join('') + printable(plain.slice(at), Infinity);
}

/** Not half of a pair, where something is left. */
function wholeCharacters(text: string, from: number, length: number): number {
  const isHalf = length > 1 && /[\uD800-\uDBFF]/.test(text.charAt(from + length - 1));
  return isHalf ? length - 1 : length;
}

function lineEnd(text: string, from: number): { readonly at: number; readonly next: number } {
  LINE_END.lastIndex = from;
  const found = LINE_END.exec(text);
  return found === null
    ? { at: text.length, next: text.length + 1 }
    : { at: found.index, next: found.index + found[0].length };
}

function countLines(text: string, from: number): number {
  let count = 0;
  for (let at = from; at <= text.length; count++) at = lineEnd(text, at).next;
  return count;
}

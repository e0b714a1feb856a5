/** JSON in one line, for programs, and for terminals that it may come to. */
import type { JsonMap } from 'dimp';

/** What moves a cursor, turns the direction of writing or hides. Half of it JSON would leave as it is. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** The same value, where nothing of what others wrote does anything to a terminal. */
export function jsonLine(value: JsonMap): string {
  return JSON.stringify(value).replace(UNPRINTABLE, (character) =>
    Array.from({ length: character.length }, (_, at) => escaped(character.charCodeAt(at))).join(''),
  );
}

function escaped(unit: number): string {
  return `\\u${unit.toString(16).padStart(4, '0')}`;
}

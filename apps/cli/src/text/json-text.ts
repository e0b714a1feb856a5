/** JSON for programs, and for terminals that it may come to: nothing of what others wrote does anything there. */
import type { JsonMap } from 'dimp';

/** What moves a cursor, turns the direction of writing or hides, but the line ends between fields. Half of it JSON would leave as it is. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON in one line. */
export function jsonLine(value: JsonMap): string {
  return seen(JSON.stringify(value));
}

/** JSON in lines, for people and for files at once. */
export function jsonText(value: JsonMap): string {
  return seen(JSON.stringify(value, undefined, 2));
}

/** What is not seen stands there by its number: so it is the same JSON. Within a text JSON has no line ends. */
function seen(json: string): string {
  return json.replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return String.raw`\u${unit.toString(16).padStart(4, '0')}`;
}

/** JSON for people and for files at once. */
import type { JsonMap } from 'dimp';

/** All that moves a cursor, turns the direction of writing or hides, but the line ends between fields. */
const UNSEEN = /(?!\n)[\p{Cc}\p{Cf}\p{Zl}\p{Zp}]/gu;

/** JSON in lines. What is not seen stands there by its number: so it is the same JSON, and does nothing to a terminal. */
export function jsonText(value: JsonMap): string {
  return JSON.stringify(value, undefined, 2).replace(UNSEEN, (character) =>
    Array.from({ length: character.length }, (_, index) => escaped(character.charCodeAt(index))).join(''),
  );
}

function escaped(unit: number): string {
  return String.raw`\u${unit.toString(16).padStart(4, '0')}`;
}

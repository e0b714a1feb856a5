/** What others chose, made fit for one line: a name, a title, the last words of a conversation. */

/** Line ends, controls, and what turns the direction of writing: to be a space, as nothing of it is seen. */
const LINE_END = /[\p{Cc}\p{Zl}\p{Zp}]/gu;
const UNSEEN = /[\u061c\u200b\u200e\u200f\u202a-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb\u{e0000}-\u{e0fff}]/gu;

/** Marks above each other grow over the lines around them. */
const MARKS = /(\p{M}{4})\p{M}{1,1000}/gu;

/** Letters and spaces that show nothing: a name of them is none. */
const BLANKS = /[\p{Zs}\u115f\u1160\u2800\u3164\uffa0]/gu;

/** A text in one line, with so many characters at most. */
export function oneLine(text: string, characters: number): string {
  // More is not looked at: whoever wrote it chose how long it is.
  const line = text
    .slice(0, 8 * characters)
    .replace(LINE_END, ' ')
    .replace(UNSEEN, '')
    .replace(MARKS, '$1');
  const shown = wholeCharacters(line, characters);
  return shown.length < line.length || text.length > 8 * characters ? `${shown}\u2026` : shown;
}

/** Whether anything of a text is seen. */
export function isBlank(text: string): boolean {
  return text.replace(UNSEEN, '').replace(BLANKS, '').trim() === '';
}

/** Not half of a pair. */
function wholeCharacters(text: string, length: number): string {
  if (text.length <= length) return text;
  return text.slice(0, /[\ud800-\udbff]/.test(text.charAt(length - 1)) ? length - 1 : length);
}

/** What others chose, made fit to stand among words of this page: a page shows it as text, and isolates its direction. */

/** Controls, directions of writing, line ends, halves of pairs. */
const HIDING = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;
/** Emoji are joined by this one; between other letters it hides. */
const EMOJI_JOINER = /(?<=[\p{Extended_Pictographic}\p{Emoji_Modifier}]\uFE0F?)\u200D(?=\p{Extended_Pictographic})/gu;
/** Letters and spaces that show nothing: a name of them is none. */
const BLANKS = /[\p{Zs}\u115F\u1160\u2800\u3164\uFFA0]/gu;
/** What stands in a line and is not seen there, as what chooses the form of a letter: emoji need some of it, and no name is another by it. */
const UNSEEN = /\p{Default_Ignorable_Code_Point}/gu;
/** Marks above each other grow over the lines around them. */
const MARKS = /(\p{M}{3})\p{M}{1,500}/gu;

const MAX_NAME = 64;

/** A text in one line, with nothing in it that hides or turns. */
export function shownLine(text: string, characters: number): string {
  const cut = text.slice(0, characters);
  const parts: string[] = [];
  let at = 0;
  for (const { index, 0: joiner } of cut.matchAll(EMOJI_JOINER)) {
    parts.push(plain(cut.slice(at, index)), joiner);
    at = index + joiner.length;
  }
  parts.push(plain(cut.slice(at)));
  const line = parts.join('').replace(MARKS, '$1').trim();
  return text.length > characters ? `${line}…` : line;
}

/** A name that somebody chose, or undefined where it shows nothing. */
export function shownName(name: string | undefined): string | undefined {
  const line = shownLine(name ?? '', MAX_NAME);
  return line.replace(UNSEEN, '').trim() === '' ? undefined : line;
}

/** Two names that a person takes for one: by case, width, blanks and what is not seen. */
export function lookOf(name: string): string {
  return name.normalize('NFKC').toLowerCase().replace(UNSEEN, '').replaceAll(' ', '');
}

function plain(text: string): string {
  return text
    .replaceAll(/[\t\n\r]/g, ' ')
    .replace(HIDING, '')
    .replace(BLANKS, ' ');
}

/** Text of others, made fit for a terminal, a log and an error. */

/** Controls, directions of writing, invisible characters, line ends, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Characters; more than an ID has nearly always. */
const MAX_LENGTH = 200;

/**
 * A text in one line, without what moves a cursor, turns the direction of writing or hides: a peer chooses names, and must not
 * write into the terminal of whoever looks at them.
 */
export function printable(text: string, maxLength = MAX_LENGTH): string {
  return clip(text, maxLength).replace(UNPRINTABLE, '?');
}

/**
 * A text between quotes, as {@link printable} but with each such character by its number, for those who look into what came:
 * `"a\u{202e}b"`. Nobody takes it for words of ours.
 */
export function quoted(text: string, maxLength = MAX_LENGTH): string {
  return `"${visible(clip(text, maxLength).replace(/["\\]/g, String.raw`\$&`))}"`;
}

/** All of a text, with what {@link printable} takes out by its number. */
export function visible(text: string): string {
  // No `String.raw`: terser, with which webpack and Metro make pages smaller, takes `\u{` there for the start of a character.
  return text.replace(UNPRINTABLE, (character) => `\\u{${(character.codePointAt(0) ?? 0).toString(16)}}`);
}

function clip(text: string, maxLength: number): string {
  return text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
}

/** Text of others, made fit for a terminal and a log. */

/** Controls, directions of writing, invisible characters, line ends, halves of pairs. */
const UNPRINTABLE = /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/gu;

/** Characters; more than an ID has. */
const MAX_LENGTH = 200;

/**
 * A text in one line, without what moves a cursor, turns the direction of writing or hides: a peer chooses names, and must not
 * write into the terminal of whoever looks at them.
 */
export function printable(text: string, maxLength = MAX_LENGTH): string {
  const short = text.length > maxLength ? `${text.slice(0, maxLength)}...` : text;
  return short.replace(UNPRINTABLE, '?');
}

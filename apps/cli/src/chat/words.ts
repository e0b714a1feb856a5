/** The words of a command that was typed. */

/** Splits at spaces; what stands in double quotes is one word. */
export function wordsOf(line: string): readonly string[] {
  const words: string[] = [];
  let word: string | undefined;
  let isQuoted = false;
  for (const character of line) {
    if (character === '"') {
      isQuoted = !isQuoted;
      word ??= '';
    } else if (character === ' ' && !isQuoted) {
      if (word !== undefined) words.push(word);
      word = undefined;
    } else word = (word ?? '') + character;
  }
  if (word !== undefined) words.push(word);
  return words;
}

/** A name as {@link wordsOf} reads it back. */
export function quoted(name: string): string {
  return name.includes(' ') ? `"${name}"` : name;
}

/** The members of a JSON text, where they stand in it: for those who must keep the rest letter by letter. */

/** What gives the text its structure. */
const MARK = /["{}[\],:]/g;

/** A member of a map in JSON. */
export interface Member {
  /** As it is written, with its quotes. */
  readonly name: string;
  /** Where the member begins: behind the brace, or the comma before it. */
  readonly from: number;
  /** Where its value begins, with the blanks before it, and where it ends. */
  readonly start: number;
  readonly end: number;
}

/** Gives the members of the outermost map of a text that is JSON. What is within them is not looked at. */
export function forEachMember(text: string, found: (member: Member) => void): void {
  let depth = 0;
  let from = 0;
  let start = 0;
  let name = '';
  MARK.lastIndex = 0;
  for (let mark = MARK.exec(text); mark !== null; mark = MARK.exec(text)) {
    const { index } = mark;
    switch (mark[0]) {
      case '"':
        MARK.lastIndex = endOfText(text, index + 1);
        break;
      case '{':
      case '[':
        depth += 1;
        if (depth === 1) from = start = index + 1;
        break;
      case '}':
      case ']':
        depth -= 1;
        if (depth === 0) return name === '' ? undefined : found({ name, from, start, end: index });
        break;
      case ':':
        if (depth !== 1) break;
        name = text.slice(start, index).trim();
        start = index + 1;
        break;
      case ',':
        if (depth !== 1) break;
        found({ name, from, start, end: index });
        from = start = index + 1;
        break;
    }
  }
}

/** The index after the quote that ends the text beginning at `index`. */
function endOfText(text: string, index: number): number {
  for (let quote = text.indexOf('"', index); quote !== -1; quote = text.indexOf('"', quote + 1)) {
    let backslashes = 0;
    while (text.charAt(quote - 1 - backslashes) === '\\') backslashes++;
    if (backslashes % 2 === 0) return quote + 1;
  }
  return text.length;
}

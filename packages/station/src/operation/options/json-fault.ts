/** Where a text is no JSON, and why: for whoever has written it. */
import { parse, printParseErrorCode, visit, type ParseError } from 'jsonc-parser';

/** The first fault, as `line 3, column 2: comma expected`; undefined where none is found. It quotes nothing of the text. */
export function jsonFault(text: string): string | undefined {
  const faults: ParseError[] = [];
  parse(text, faults, { disallowComments: true, allowTrailingComma: false, allowEmptyContent: false });
  const [first] = faults;
  if (first === undefined) return undefined;
  const before = text.slice(0, first.offset).split('\n');
  const column = (before.at(-1)?.length ?? 0) + 1;
  return `line ${before.length}, column ${column}: ${words(printParseErrorCode(first.error))}`;
}

/** `CommaExpected` as `comma expected`. */
function words(code: string): string {
  return code.replace(/[A-Z]/g, (letter) => ` ${letter.toLowerCase()}`).trim();
}

/** A name that the outermost map has twice, so that nobody can say which value was meant. */
export function nameTwice(text: string): string | undefined {
  const names = new Set<string>();
  let twice: string | undefined;
  visit(text, {
    onObjectProperty: (name, _offset, _length, _line, _column, pathOf) => {
      if (pathOf().length > 0) return;
      if (names.has(name)) twice ??= name;
      names.add(name);
    },
  });
  return twice;
}

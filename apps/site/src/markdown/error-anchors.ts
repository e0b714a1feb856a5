/** Each code in the first column of the tables of errors is an anchor: `/errors#INPUT_TYPE` leads to its row. */

/** A part of a cell, as markdown-it has it. */
interface Part {
  readonly type: string;
  readonly content: string;
  attrSet(name: string, value: string): void;
}

/**
 * Gives ids to the codes of a cell. `_MISSING` after `INPUT_TYPE` is `INPUT_MISSING`; a code that has its id already keeps the
 * first one.
 */
export function anchorCodes(cell: readonly Part[], taken: Set<string>): void {
  let family = '';
  for (const part of cell) {
    if (part.type !== 'code_inline') continue;
    const code = part.content.startsWith('_') ? family + part.content : part.content;
    if (!/^[A-Z]{2,20}(?:_[A-Z]{1,20}){1,5}$/.test(code)) continue;
    family = code.slice(0, code.indexOf('_'));
    if (taken.has(code)) continue;
    taken.add(code);
    part.attrSet('id', code);
  }
}

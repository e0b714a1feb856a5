/** docs/cli.md has the commands as they are. `DIM_WRITE=1` writes them there. */
import assert from 'node:assert/strict';
import { readFileSync, writeFileSync } from 'node:fs';
import { test } from 'node:test';
import { reference } from '../src/reference.ts';

const DOCUMENT = new URL('../../../../docs/cli.md', import.meta.url);
const [BEGIN, END] = ['<!-- reference: made by `node apps/cli/dist/src/reference.js` -->', '<!-- /reference -->'];

test('the reference in docs/cli.md is that of the commands', () => {
  const text = readFileSync(DOCUMENT, 'utf8');
  const [begin, end] = [text.indexOf(BEGIN) + BEGIN.length, text.indexOf(END)];
  if (process.env['DIM_WRITE'] === '1')
    writeFileSync(DOCUMENT, `${text.slice(0, begin)}\n\n${reference()}\n${text.slice(end)}`);
  const cells = (part: string): string =>
    part
      .replaceAll(/ *\| */g, '|')
      .replaceAll(/-{3,}/g, '---')
      .trim();
  // The formatter aligns tables: what they say counts.
  assert.equal(cells(readFileSync(DOCUMENT, 'utf8').slice(begin, -1).split(END)[0] ?? ''), cells(reference()));
});

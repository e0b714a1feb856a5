/** What can be given to `pnpm bench`, and what is said of the rest. */
import assert from 'node:assert/strict';
import { tmpdir } from 'node:os';
import { test } from 'node:test';
import { testCommand } from 'runner/test-command';
import { BENCH } from './command.ts';
import { rowsNamed } from './rows/rows-named.ts';

testCommand(BENCH, new URL('./main.js', import.meta.url), [
  [['--gard'], /^unknown option '--gard' \(Did you mean --guard\?\)$/],
  [['--json', tmpdir()], /^--json: .* is a folder, and must be a file$/],
  [['--chart', '/nowhere/bench.svg'], /^--chart: there is no folder .*nowhere to make it in$/],
  [['--guard', '--json', 'bench.json'], /^--guard writes no file/],
  [['--only', 'pack', '--chart', 'bench.svg'], /^--json and --chart are of all rows/],
  [['pack'], /^"pack" is no option/],
]);

await test('rows have a text in their names, or are told', () => {
  const rows = ['pack, fresh key', 'unpack, with key', 'ID parse, cached'].map((name) => ({ name }));
  assert.deepEqual(rowsNamed('', rows), rows);
  assert.deepEqual(rowsNamed('key', rows), rows.slice(0, 2));
  assert.throws(() => rowsNamed('unpac!', rows), {
    name: 'UsageError',
    message: 'no row has "unpac!" in its name (did you mean unpack?); their names begin with pack, unpack, ID',
  });
});

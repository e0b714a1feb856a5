/** What options mean, and how a wrong one ends. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative, resolve } from 'node:path';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { entryNamed, numberOf, pathOf, UsageError } from './options.ts';

test('a path is meant from where the caller stands', () => {
  const before = process.env['INIT_CWD'];
  process.env['INIT_CWD'] = '/somewhere';
  assert.equal(pathOf('a/b'), resolve('/somewhere/a/b'));
  assert.equal(pathOf('/a/b'), resolve('/a/b'));
  delete process.env['INIT_CWD'];
  assert.equal(pathOf('a'), resolve('a'));
  if (before !== undefined) process.env['INIT_CWD'] = before;
});

test('a number is a number', () => {
  assert.deepEqual(['0', '0.5', '60', '1e3'].map(numberOf), [0, 0.5, 60, 1000]);
  for (const text of ['', ' ', 'x', '-1', '1 2', 'NaN', 'Infinity'])
    assert.throws(() => numberOf(text), UsageError, text);
});

test('a name stands for something, or those that do are told', () => {
  const table = new Map([
    ['one', 1],
    ['two', 2],
  ]);
  assert.equal(entryNamed(table, 'two', 'number'), 2);
  assert.throws(() => entryNamed(table, 'three', 'number'), /^UsageError: there is no number "three": one, two$/);
});

const root = fileURLToPath(new URL('../../..', import.meta.url));
const folder = mkdtempSync(join(tmpdir(), 'options-'));
process.on('exit', () => rmSync(folder, { recursive: true }));

/** Runs a tool that does no more than this. */
function runTool(...statements: readonly string[]): { readonly status: number | null; readonly stderr: string } {
  mkdirSync(join(folder, 'dist'), { recursive: true });
  const options = new URL('./options.js', import.meta.url).href;
  const lines = [`import { parseArgs } from 'node:util';`, `import { numberOf } from '${options}';`, ...statements];
  writeFileSync(join(folder, 'dist/main.js'), lines.join('\n'));
  writeFileSync(join(folder, 'package.json'), '{"type":"module"}');
  const { status, stderr } = spawnSync(process.execPath, ['tools/tool.mjs', relative(root, folder)], {
    cwd: root,
    encoding: 'utf8',
  });
  return { status, stderr };
}

test('a wrong option ends in a line and with 2, and no stack; a fault of the tool is a fault', () => {
  for (const [statement, message] of [
    [`numberOf('many');`, '"many" is no number of zero or more'],
    [`parseArgs({ args: ['--nope'], options: {} });`, "Unknown option '--nope'"],
  ] as const) {
    const { status, stderr } = runTool(statement);
    assert.deepEqual([status, stderr], [2, `${message}\n--help says what can be given\n`]);
  }
  assert.equal(runTool(`throw new TypeError('x is not a function');`).status, 1);
  assert.deepEqual(runTool(`numberOf('7');`), { status: 0, stderr: '' });
});

/** What can be given to `pnpm hostile`, and what is said of the rest. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { testCommand } from 'runner/test-command';
import { HOSTILE } from './command.ts';
import { OWN_DIRECTORY } from './own-directory.ts';
import { selectionOf } from './selection.ts';

testCommand(HOSTILE, new URL('./main.js', import.meta.url), [
  [['--cases', '/nowhere'], /^--cases: .*nowhere is not there$/],
  [['--backend', 'none'], /^--backend: there is no backend "none": native, portable$/],
  [['contents'], /^"contents" is no option/],
]);

test('a file and a part of the names of its cases are selected', () => {
  assert.deepEqual(selectionOf(OWN_DIRECTORY, undefined, false), {});
  assert.deepEqual(selectionOf(OWN_DIRECTORY, 'contents', false), { fileName: 'contents' });
  assert.deepEqual(selectionOf(OWN_DIRECTORY, 'contents.json/sn', false), { fileName: 'contents', caseName: 'sn' });
});

test('a name that nothing has is told, and one that needs more', () => {
  for (const [only, said] of [
    ['content', /^there is no file of cases "content" \(did you mean contents\?\): .*contents/],
    ['fixtures', /^there is no file of cases "fixtures"/],
    ['contents/nope', /^no case of contents\.json has "nope" in its name$/],
  ] as const)
    assert.throws(() => selectionOf(OWN_DIRECTORY, only, false), { name: 'UsageError', message: said });
  const directory = mkdtempSync(join(tmpdir(), 'selection-'));
  const cases = [{ name: 'large', input: '', expect: 'accept', heavy: true }];
  writeFileSync(join(directory, 'a.json'), JSON.stringify({ cases }));
  writeFileSync(join(directory, 'broken.json'), '{');
  assert.throws(() => selectionOf(directory, 'a/lar', false), { message: /^"lar" runs with --heavy only/ });
  assert.deepEqual(selectionOf(directory, 'a/lar', true), { fileName: 'a', caseName: 'lar' });
  // What cannot be read is a failure of the run.
  assert.deepEqual(selectionOf(directory, 'broken/x', false), { fileName: 'broken', caseName: 'x' });
  rmSync(directory, { recursive: true });
});

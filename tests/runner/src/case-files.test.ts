/** Which files of a directory are run, and what is read of them. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { casesOf, fileNames, readCaseFile, VECTORS } from './case-files.ts';

const directory = mkdtempSync(join(tmpdir(), 'case-files-'));
process.on('exit', () => rmSync(directory, { recursive: true }));
for (const name of ['a.json', 'b.json', 'c.json', 'README.md']) writeFileSync(join(directory, name), '{"cases":[{}]}');

const suites = new Map(['c', 'missing', 'a'].map((name) => [name, name]));

test('files run in the order of their suites; those without one are named', () => {
  assert.deepEqual(fileNames(directory, suites), { known: ['c', 'a'], unknown: ['b'] });
});

test('a directory and a file that are not there are told', () => {
  assert.throws(() => fileNames(join(directory, 'nowhere'), suites), { code: 'ENOENT' });
  assert.throws(() => readCaseFile(directory, 'missing'), /missing\.json is missing in/);
});

test('a file is read, and its list of cases', () => {
  assert.deepEqual(casesOf(readCaseFile(directory, 'a')), [{}]);
  assert.deepEqual(casesOf({ forged: [{ name: 'one' }] }, 'forged'), [{ name: 'one' }]);
});

test('what has no list of cases is no file of cases', () => {
  for (const file of [undefined, null, 5, [], {}, { cases: 5 }, { cases: [{}, null] }, { cases: ['text'] }])
    assert.throws(() => casesOf(file), /no list of cases/, JSON.stringify(file));
});

test('the vectors of this repository are found', () => {
  assert.ok(casesOf(readCaseFile(VECTORS, 'coders')).length > 0);
});

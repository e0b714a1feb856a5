/** Paths that somebody gave: from where the caller stands, and of the right kind. */
import assert from 'node:assert/strict';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { test } from 'node:test';
import { caseFolder } from './case-folder.ts';
import { existingFile, existingFolder, fileToWrite, folderToFill, pathOf } from './paths.ts';

const directory = mkdtempSync(join(tmpdir(), 'paths-'));
process.on('exit', () => rmSync(directory, { recursive: true }));
const [file, folder] = [join(directory, 'file'), join(directory, 'folder')];
writeFileSync(file, '');
mkdirSync(folder);
const [missing, deeper, below] = [join(folder, 'a'), join(folder, 'a', 'b'), join(file, 'a')];

test('a path is meant from where the caller stands', () => {
  const before = process.env['INIT_CWD'];
  process.env['INIT_CWD'] = '/somewhere';
  assert.equal(pathOf('a/b'), resolve('/somewhere/a/b'));
  assert.equal(pathOf('/a/b'), resolve('/a/b'));
  delete process.env['INIT_CWD'];
  assert.equal(pathOf('a'), resolve('a'));
  if (before !== undefined) process.env['INIT_CWD'] = before;
});

test('what is there, or can be made, is taken', () => {
  assert.equal(existingFile(file), file);
  assert.equal(existingFolder(folder), folder);
  for (const path of [folder, missing]) assert.equal(folderToFill(path), path);
  for (const path of [file, missing]) assert.equal(fileToWrite(path), path);
});

test('what is not there, and what is of the other kind, is told with its path', () => {
  for (const [read, path, said] of [
    [existingFile, missing, 'is not there'],
    [existingFile, below, 'is not there'],
    [existingFile, folder, 'is a folder, and must be a file'],
    [existingFolder, missing, 'is not there'],
    [existingFolder, file, 'is a file, and must be a folder'],
    [folderToFill, file, 'is a file, and must be a folder'],
    [fileToWrite, folder, 'is a folder, and must be a file'],
    [caseFolder, folder, 'has no file that ends with .json'],
  ] as const)
    assert.throws(() => read(path), { name: 'UsageError', message: `${path} ${said}` });
  for (const read of [folderToFill, fileToWrite]) {
    assert.throws(() => read(deeper), { message: `there is no folder ${missing} to make it in` });
    assert.throws(() => read(below), { message: `there is no folder ${file} to make it in` });
  }
  assert.throws(() => existingFile(`${file}\0`), { name: 'UsageError', message: /cannot be read/ });
});

/** Threads that decrypt keep no process alive, and none ends before they have answered. */
import assert from 'node:assert/strict';
import { execFile } from 'node:child_process';
import { test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';

const PROGRAM = new URL('open-on-threads.js', import.meta.url);

async function textsOf(count: number, ...program: readonly string[]): Promise<unknown> {
  const { stdout, stderr } = await promisify(execFile)(process.execPath, [...program, `${count}`], { timeout: 60_000 });
  assert.equal(stderr, '');
  return JSON.parse(stdout);
}

const textsUpTo = (count: number): readonly string[] => Array.from({ length: count }, (_, index) => `${index}`);

await test('a program that opens a backlog on threads reads all of it in order, and ends', async () => {
  assert.deepEqual(await textsOf(60, fileURLToPath(PROGRAM)), textsUpTo(60));
});

await test('so does one that opens a single message, for which a thread starts and has nothing to do', async () => {
  assert.deepEqual(await textsOf(1, fileURLToPath(PROGRAM)), textsUpTo(1));
});

await test('so does one from the command line, whose flags are not for threads', async () => {
  const flags = ['--input-type=module', '--eval', `await import(${JSON.stringify(PROGRAM.href)})`];
  assert.deepEqual(await textsOf(20, ...flags), textsUpTo(20));
});

/** `dim doctor`: each thing that is wrong is told, and hides nothing else. */
import assert from 'node:assert/strict';
import { chmodSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import type { JsonMap } from 'dimp';
import { startStation } from './station.ts';
import { personIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();
const onWindows = process.platform === 'win32';

async function findingsOf(person: ReturnType<typeof personIn>, ...line: readonly string[]) {
  const { code, out } = await person.run(['doctor', '--json', ...line]);
  const { findings } = JSON.parse(out) as { readonly findings: readonly JsonMap[] };
  const find = (about: string) => findings.find((finding) => finding['about'] === about);
  return { code, find, names: findings.map(({ about }) => about) };
}

test('where there is no home, its disk is looked at all the same', async () => {
  const { code, find, names } = await findingsOf(personIn(folder, join('far', 'away')));
  assert.equal(code, 2);
  assert.deepEqual(names, ['program', 'SQLite', 'home', 'disk']);
  assert.equal(find('disk')?.['is'], 'good');
  assert.match(find('home')?.['says'] as string, /has no identity yet/);
});

test('a home that others may read has its keys and connection looked at', { skip: onWindows }, async () => {
  const alice = personIn(folder, 'alice');
  await alice.json('id', 'new', '--name', 'Alice');
  const home = join(folder, 'alice');
  const settings = join(home, 'settings.json');
  await alice.json('station', 'use', await startStation());
  chmodSync(home, 0o755);
  chmodSync(settings, 0o644);
  const { code, find } = await findingsOf(alice);
  assert.equal(code, 6);
  assert.equal(find('home')?.['says'], `others may read ${home}, ${settings}`);
  assert.match(find('keys')?.['says'] as string, /, one device is known$/);
  assert.deepEqual([find('keys')?.['is'], find('connection')?.['is']], ['good', 'good']);
});

test('the doctor sends nobody to the doctor', async () => {
  const bob = personIn(folder, 'bob');
  await bob.json('id', 'new', '--name', 'Bob');
  const { code, find } = await findingsOf(bob, '--station', '127.0.0.1:1');
  assert.equal(code, 8);
  assert.equal(find('connection')?.['is'], 'bad');
  assert.doesNotMatch(find('connection')?.['advice'] as string, /doctor/);
});

/** `dim id`. */
import assert from 'node:assert/strict';
import { chmodSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { test } from 'node:test';
import { personIn, temporaryFolder } from './run.ts';

const folder = temporaryFolder();

test('an identity is made, shown, and chosen among several', async () => {
  const alice = personIn(folder, 'alice');
  const made = await alice.json('id', 'new', '--name', 'Alice');
  assert.match(made['id'] as string, /^0x[0-9a-fA-F]{40}$/);
  assert.deepEqual(await alice.json('id', 'show'), made);
  // Nobody but its owner reads the home.
  if (process.platform !== 'win32') {
    assert.equal(statSync(join(folder, 'alice')).mode & 0o077, 0);
    assert.equal(statSync(join(folder, 'alice', 'dim.db')).mode & 0o077, 0);
  }
  chmodSync(join(folder, 'alice'), 0o755);
  const bot = await alice.json('id', 'new', '--name', 'Echo', '--seed', 'echo', '--type', 'bot');
  assert.equal(bot['type'], 'bot');
  if (process.platform !== 'win32') assert.equal(statSync(join(folder, 'alice')).mode & 0o077, 0);
  const asked = await alice.run(['id', 'show']);
  assert.equal(asked.code, 2);
  assert.match(asked.err, /several identities.*--as/);
  assert.deepEqual(await alice.json('id', 'show', '--as', 'Echo'), bot);
  await alice.json('id', 'use', 'Alice');
  assert.deepEqual(await alice.json('id', 'show'), made);
});

test('a wrong passphrase adds nobody', async () => {
  const alice = personIn(folder, 'alice');
  const { code, err } = await alice.run(['id', 'new', '--name', 'Mallory'], {
    environment: { DIM_PASSPHRASE: 'guess' },
  });
  assert.equal(code, 7);
  assert.match(err, /passphrase/);
  const { identities } = await alice.json('id', 'list');
  assert.equal((identities as readonly unknown[]).length, 2);
});

test('a home without anybody says how to begin', async () => {
  const { code, err } = await personIn(folder, 'nobody').run(['id', 'show']);
  assert.equal(code, 2);
  assert.match(err, /dim id new --name/);
});

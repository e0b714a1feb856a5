/** A store is held by one process; one that is killed holds nothing. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { test } from 'node:test';
import { holdStore } from 'dimsdk/node';

test('a process that is gone holds nothing', async (t) => {
  const folder = mkdtempSync(join(tmpdir(), 'dim-hold-'));
  t.after(() => rmSync(folder, { recursive: true, force: true }));
  const path = join(folder, 'chat.db');
  const program = `
    const { holdStore } = await import('dimsdk/node');
    const hold = async () => (await holdStore(${JSON.stringify(path)})) !== undefined;
    console.log(await hold(), await hold());
    process.kill(process.pid, 'SIGKILL');
  `;
  const { stdout, signal } = spawnSync(process.execPath, ['--input-type=module', '--eval', program], {
    cwd: import.meta.dirname,
    encoding: 'utf8',
  });
  assert.deepEqual([stdout, signal], ['true false\n', 'SIGKILL']);
  const release = await holdStore(path);
  assert.notEqual(release, undefined);
  release?.();
});

/** A disk that is full: a small one in memory, where the system lets everybody mount one. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';

const folder = mkdtempSync(join(tmpdir(), 'dimstation-full-'));
after(() => rmSync(folder, { recursive: true, force: true }));

/** Runs a program with a disk of eight megabytes in the folder, which nobody else sees. */
function withSmallDisk(...command: readonly string[]) {
  const mount = 'mount -t tmpfs -o size=8m tmpfs "$0" && exec "$@"';
  return spawnSync('unshare', ['--map-root-user', '--mount', 'sh', '-c', mount, folder, ...command], {
    encoding: 'utf8',
  });
}

const canMount = withSmallDisk('true').status === 0;

test('on a full disk nothing is lost, and everything goes on when there is room', { skip: !canMount }, () => {
  const program = fileURLToPath(new URL('./full-disk.js', import.meta.url));
  const { status, stdout, stderr } = withSmallDisk(process.execPath, '--no-warnings', program, folder);
  assert.equal(stderr, '');
  assert.equal(stdout, 'done\n');
  assert.equal(status, 0);
});

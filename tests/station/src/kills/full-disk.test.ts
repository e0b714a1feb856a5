/** A disk that is full. */
import assert from 'node:assert/strict';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { after, test } from 'node:test';
import { fileURLToPath } from 'node:url';
import { canMount, withSmallDisk } from '../small-disk.ts';

const folder = mkdtempSync(join(tmpdir(), 'dimstation-full-'));
after(() => rmSync(folder, { recursive: true, force: true }));

test('on a full disk nothing is lost, and everything goes on when there is room', { skip: !canMount(folder) }, () => {
  const program = fileURLToPath(new URL('./full-disk.js', import.meta.url));
  const { status, stdout, stderr } = withSmallDisk(folder, process.execPath, '--no-warnings', program, folder);
  assert.equal(stderr, '');
  assert.equal(stdout, 'done\n');
  assert.equal(status, 0);
});

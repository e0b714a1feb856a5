/** What each package.json says of the project is what `tools/addresses.mjs` says, so that an address is changed in one place. */
import assert from 'node:assert/strict';
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { test } from 'node:test';
import { ROOT } from './imports.ts';

test('the metadata of the published packages', () => {
  const { stderr } = spawnSync(process.execPath, [join(ROOT, 'tools/metadata.mjs')], { encoding: 'utf8' });
  assert.equal(stderr, '');
});

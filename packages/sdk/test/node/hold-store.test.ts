/** One client at a time over a store, of all processes. */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from '@jest/globals';
import { holdStore } from '../../src/node/index.ts';

const folder = mkdtempSync(join(tmpdir(), 'dim-hold-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));

test('a second one is refused until the first has let go', async () => {
  const path = join(folder, 'chat.db');
  const release = await holdStore(path);
  expect(release).toBeDefined();
  expect(await holdStore(path)).toBeUndefined();
  const other = await holdStore(join(folder, 'other.db'));
  expect(other).toBeDefined();
  other?.();
  release?.();
  const again = await holdStore(path);
  expect(again).toBeDefined();
  again?.();
});

test('a folder that is not there is a failure of the store', async () => {
  await expect(holdStore(join(folder, 'nowhere', 'chat.db'))).rejects.toMatchObject({ code: 'STORE_FAILED' });
});

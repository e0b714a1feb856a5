/** Copies of a file that is in use. */
import { expect, test } from '@jest/globals';
import { existsSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openSqliteEngine } from '../../src/index.ts';
import { posting, ROOM, temporaryFolder, textsIn } from './files.ts';

const folder = temporaryFolder();

test('a backup has what was kept before it, and is an engine', async () => {
  const engine = await openSqliteEngine({ path: join(folder, 'a.db') });
  await engine.mailbox.append([posting('before')], ROOM);
  const target = join(folder, 'copy.db');
  await engine.backup(target);
  await engine.mailbox.append([posting('after')], ROOM);
  expect((statSync(target).mode & 0o777).toString(8)).toBe('600');
  expect(existsSync(`${target}-partial`)).toBe(false);
  const copy = await openSqliteEngine({ path: target });
  expect(await textsIn(copy)).toEqual(['before']);
  expect(await copy.mailbox.append([posting('more')], ROOM)).toEqual([[{ is: 'kept', position: 2 }]]);
  await copy.close();
  expect(await textsIn(engine)).toEqual(['before', 'after']);
  await engine.close();
});

test('a backup is never written over a file, also an empty one', async () => {
  const engine = await openSqliteEngine({ path: join(folder, 'b.db') });
  for (const text of ['important', '']) {
    const target = join(folder, 'mine');
    writeFileSync(target, text);
    await expect(engine.backup(target)).rejects.toMatchObject({ code: 'STORE_FAILED' });
    expect(readFileSync(target, 'utf8')).toBe(text);
  }
  await expect(engine.backup(join(folder, 'none', 'a.db'))).rejects.toMatchObject({ code: 'STORE_FAILED' });
  await engine.close();
  await expect(engine.backup(join(folder, 'late.db'))).rejects.toMatchObject({ code: 'STORE_CLOSED' });
});

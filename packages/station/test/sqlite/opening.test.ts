/** Which files are opened, and by how many. */
import { describe, expect, test } from '@jest/globals';
import { chmodSync, copyFileSync, readFileSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { openSqliteEngine } from '../../src/index.ts';
import { MIGRATIONS } from '../../src/sqlite/schema.ts';
import { BOX, inFile, posting, ROOM, temporaryFolder, textsIn } from './files.ts';

const folder = temporaryFolder();

const modeOf = (path: string): string => (statSync(path).mode & 0o777).toString(8);

describe('openSqliteEngine', () => {
  test('makes files that nobody but their owner reads', async () => {
    const path = join(folder, 'modes.db');
    const engine = await openSqliteEngine({ path });
    await engine.mailbox.append([posting('a')], ROOM);
    expect(['', '-wal', '-shm', '-lock'].map((ending) => modeOf(`${path}${ending}`))).toEqual([
      '600',
      '600',
      '600',
      '600',
    ]);
    await engine.close();
    chmodSync(path, 0o644);
    await (await openSqliteEngine({ path })).close();
    expect(modeOf(path)).toBe('600');
  });

  test('tells the second one that opens a file, until the first one has closed it', async () => {
    const path = join(folder, 'second.db');
    const first = await openSqliteEngine({ path });
    await expect(openSqliteEngine({ path })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      reason: expect.stringContaining('another station has'),
    });
    await first.mailbox.append([posting('a')], ROOM);
    await first.close();
    const second = await openSqliteEngine({ path });
    expect(await textsIn(second)).toEqual(['a']);
    await second.close();
  });

  test('leaves the database of another application as it is', async () => {
    const path = join(folder, 'other.db');
    await inFile(path, (database) => database.exec('CREATE TABLE notes (text TEXT)'));
    const before = readFileSync(path);
    await expect(openSqliteEngine({ path })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      reason: expect.stringContaining('another application'),
    });
    expect(readFileSync(path).equals(before)).toBe(true);
  });

  test('refuses a file of a later version, and what is no database', async () => {
    const path = join(folder, 'later.db');
    await (await openSqliteEngine({ path })).close();
    await inFile(path, (database) => database.exec(`PRAGMA user_version = ${MIGRATIONS.length + 1}`));
    await expect(openSqliteEngine({ path })).rejects.toMatchObject({ code: 'STORE_VERSION' });
    const text = join(folder, 'text.db');
    writeFileSync(text, 'No database of any kind. '.repeat(100));
    await expect(openSqliteEngine({ path: text })).rejects.toMatchObject({
      code: 'STORE_FAILED',
      reason: expect.stringContaining('no database'),
    });
  });

  test.each([
    ['no folder', join(folder, 'none', 'a.db')],
    ['a folder', folder],
  ])('says what is wrong with a path: %s', async (_what, path) => {
    await expect(openSqliteEngine({ path })).rejects.toMatchObject({ code: 'STORE_FAILED' });
  });

  test.each(['', undefined, 7])('refuses what is no path: %p', async (path) => {
    await expect(openSqliteEngine({ path: path as never })).rejects.toMatchObject({ code: 'USAGE_ARGUMENT' });
  });

  test('opens a file that version 1 has written', async () => {
    const path = join(folder, 'version-1.db');
    copyFileSync(fileURLToPath(new URL('./version-1.db', import.meta.url)), path);
    expect(await inFile(path, (database) => database.prepare('PRAGMA user_version').get())).toEqual({
      user_version: 1,
    });
    const engine = await openSqliteEngine({ path });
    expect(await textsIn(engine)).toEqual(['second', 'shared']);
    expect(await textsIn(engine, { user: 'user', terminal: '' })).toEqual(['shared']);
    expect((await engine.mailbox.read(BOX, 0, ROOM)).map(({ position, keptAt }) => [position, keptAt])).toEqual([
      [2, 1_700_000_000.5],
      [3, 1_700_000_000],
    ]);
    expect(await engine.mailbox.total()).toEqual({ boxes: 2, messages: 3, bytes: 18 });
    expect(await engine.records.list('table', '', 10)).toEqual([
      { key: 'key', value: { text: 'Hello', serial: 18446744073709551615n }, writtenAt: 1_700_000_001 },
    ]);
    const outcomes = await engine.mailbox.append([posting('second'), posting('next')], ROOM);
    expect(outcomes.flat()).toEqual([
      { is: 'known', position: 2 },
      { is: 'kept', position: 5 },
    ]);
    // Of what was kept before, nobody knows who has sent it. It counts for the user, for no sender, and can be removed.
    const limits = { ...ROOM, messages: 7, senderShare: 1 };
    const later = await engine.mailbox.append([posting('by the same'), posting('too much')], limits);
    expect(later.flat().map(({ is }) => is)).toEqual(['kept', 'full']);
    const strangers = [posting('of a stranger'), posting('of another one')].map((each) => ({
      ...each,
      isFromStranger: true,
    }));
    const part = await engine.mailbox.append(strangers, { ...ROOM, messages: 10, strangersPart: 0.1 });
    expect(part.flat().map(({ is }) => is)).toEqual(['kept', 'full']);
    await engine.mailbox.acknowledge([{ box: BOX, positions: [2, 3] }]);
    expect(await engine.mailbox.expire(2e9)).toBe(4);
    expect(await engine.mailbox.total()).toEqual({ boxes: 0, messages: 0, bytes: 0 });
    await engine.close();
    expect(
      await inFile(path, (database) => [
        database.prepare('PRAGMA user_version').get(),
        database.prepare('SELECT count(*) AS count FROM senders').get(),
        database.prepare('SELECT count(*) AS count FROM users').get(),
      ]),
    ).toEqual([{ user_version: 2 }, { count: 0 }, { count: 0 }]);
  });
});

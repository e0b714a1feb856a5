/** Turns over the processes that have a store open, where the disk does not let them. */
import { expect, test } from '@jest/globals';
import { SqliteError, type SqliteDriver } from '../../src/node/sqlite-driver.ts';
import { SqliteLock } from '../../src/node/sqlite-lock.ts';
import { temporaryFolder } from './folder.ts';

const path = temporaryFolder();

test('a disk that is full for the lock is full for the store, each time, until there is room', async () => {
  let isFull = true;
  const driver: SqliteDriver = {
    name: 'libsql',
    open: () => ({
      exec: (sql) => {
        if (isFull && sql.startsWith('BEGIN')) throw new SqliteError(13, 'database or disk is full', undefined);
      },
      prepare: () => {
        throw new Error('nothing is prepared');
      },
      close: () => undefined,
    }),
  };
  const lock = new SqliteLock(driver, path('chat.db'));
  const full = { code: 'STORE_FULL' };
  for (let time = 0; time < 2; time++) await expect(lock.take(async () => 'done')).rejects.toMatchObject(full);
  isFull = false;
  expect(await lock.take(async () => 'done')).toBe('done');
  lock.close();
});

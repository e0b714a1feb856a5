/** Opening a file: what is made, what is refused, and what the error says to do. */
import { describe, expect, test } from '@jest/globals';
import { chmodSync, existsSync, mkdirSync, readFileSync, statSync, symlinkSync, writeFileSync } from 'node:fs';
import { relative } from 'node:path';
import { textOf } from 'dimp/extend';
import { passphraseVault } from '../../src/identity/passphrase-vault.ts';
import { openSqliteStore, type SqliteStoreOptions } from '../../src/node/open-sqlite-store.ts';
import { loadSqliteDriver } from '../../src/node/sqlite-driver.ts';
import { CHEAP } from '../identity/cheap.ts';
import { alice, dim, errorOf } from '../people.ts';
import { temporaryFolder } from './folder.ts';
import { note, notesOf, openedStore } from './opened-store.ts';

const path = temporaryFolder();
const driver = await loadSqliteDriver();

const open = (file: string, options: Partial<SqliteStoreOptions> = {}) =>
  openSqliteStore({ dim, path: file, vault: 'unprotected', ...options });

describe('the files', () => {
  test('can be read by their owner alone, each of them', async () => {
    const file = path();
    const store = await open(file);
    await store.commit([], [note('1')]);
    await store.exclusive(async () => Promise.resolve());
    const files = ['', '-wal', '-shm', '-lock', '-gate'].map((ending) => file + ending);
    expect(files.map((each) => statSync(each).mode & 0o777)).toEqual(files.map(() => 0o600));
    await store.close();
  });

  test('become so where they were not', async () => {
    const file = path();
    await (await open(file)).close();
    chmodSync(file, 0o644);
    const store = await open(file);
    await store.commit([], [note('1')]);
    expect([file, `${file}-wal`].map((each) => statSync(each).mode & 0o777)).toEqual([0o600, 0o600]);
    await store.close();
  });

  test('are one store by whatever path they are opened', async () => {
    const file = path();
    const link = path('link.db');
    symlinkSync(file, link);
    const stores = await Promise.all([file, link, relative(process.cwd(), file)].map((each) => open(each)));
    let running = 0;
    await Promise.all(
      stores.map((store) =>
        store.exclusive(async () => {
          expect(++running).toBe(1);
          await store.commit([], [note(String(stores.indexOf(store)))]);
          running--;
        }),
      ),
    );
    for (const store of stores) expect(await notesOf(store)).toEqual(['0', '1', '2']);
    for (const store of stores) await store.close();
  });

  test('are one when the store was closed, with all that was kept', async () => {
    const file = path();
    const store = await open(file);
    await store.commit([], [note('1')]);
    await store.close();
    expect(existsSync(`${file}-wal`) ? statSync(`${file}-wal`).size : 0).toBe(0);
    const again = await open(file);
    expect(await notesOf(again)).toEqual(['1']);
    await again.close();
  });

  test('are in order: SQLite finds nothing wrong', async () => {
    const { store, connection } = await openedStore(path());
    const settings = ['journal_mode', 'synchronous', 'secure_delete', 'busy_timeout'].map((name) =>
      Object.values(connection.get(`PRAGMA ${name}`) ?? {}),
    );
    expect(settings).toEqual([['wal'], [2], [1], [5000]]);
    expect(connection.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    await store.close();
  });
});

describe('a file that is none of ours', () => {
  const refused = async (file: string) => {
    const before = statSync(file).isFile() ? readFileSync(file) : undefined;
    const mode = statSync(file).mode;
    const error = await errorOf(() => open(file));
    if (before !== undefined) expect(readFileSync(file).equals(before)).toBe(true);
    expect(statSync(file).mode).toBe(mode);
    return error;
  };

  test('of a later version: STORE_VERSION', async () => {
    const file = path();
    const { store, connection } = await openedStore(file);
    connection.exec('PRAGMA user_version = 99');
    await store.close();
    const error = await refused(file);
    expect(error.code).toBe('STORE_VERSION');
    expect(error.message).toMatch(/later version of dimsdk: install/);
  });

  test('of another application, also one that says nothing of itself', async () => {
    for (const sql of ['CREATE TABLE song (title)', 'PRAGMA application_id = 5', 'PRAGMA user_version = 1']) {
      const file = path();
      const database = driver.open(file);
      database.exec(sql);
      database.close();
      chmodSync(file, 0o644);
      const error = await refused(file);
      expect(error).toMatchObject({ code: 'STORE_FAILED', message: expect.stringMatching(/another application/) });
    }
  });

  test('that is no database', async () => {
    const file = path();
    writeFileSync(file, 'Dear diary, '.repeat(500));
    expect(await refused(file)).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/no database of SQLite: move it away, or give another path/),
      cause: expect.objectContaining({ code: 26 }),
    });
  });

  test('that is a folder, or in no folder', async () => {
    const folder = path('folder');
    mkdirSync(folder);
    expect((await refused(folder)).message).toMatch(/is a folder: give the path of a file/);
    const error = await errorOf(() => open(path('nowhere/chat.db')));
    expect(error.message).toMatch(/the folder of .*chat\.db is not there: make it first/);
    expect(existsSync(path('nowhere'))).toBe(false);
  });

  // A file system that nobody may write to, not even the administrator that tests may run as; Linux has one.
  test.each(['/sys/kernel'].filter(existsSync))('in a folder that nobody can write to: %s', async (folder) => {
    const error = await errorOf(() => open(`${folder}/chat.db`));
    expect(error.code).toBe('STORE_FAILED');
    expect(error.message).toMatch(/cannot be written: the file, and the folder that it is in, must be writable/);
  });
});

describe('a damaged file', () => {
  async function damaged(damage: (bytes: Buffer) => Buffer): Promise<string> {
    const file = path();
    const store = await open(file);
    const notes = Array.from({ length: 1000 }, (_, index) => note(String(index), index, 'Hello '.repeat(20)));
    await store.commit([], notes);
    await store.close();
    writeFileSync(file, damage(readFileSync(file)));
    return file;
  }

  test('is told as soon as what is wrong is read, and everything else can be had', async () => {
    const file = await damaged((bytes) => bytes.fill(0x5a, 120_000, 140_000));
    const store = await open(file);
    const error = await errorOf(() => notesOf(store));
    expect(error).toMatchObject({ code: 'STORE_FAILED', message: expect.stringMatching(/damaged: put a copy/) });
    expect(store.meta(alice.id)).toBeUndefined();
    await store.close();
  });

  test('is told when it is opened, where its first page is wrong or most of it is gone', async () => {
    for (const damage of [
      (bytes: Buffer) => bytes.fill(0x5a, 0, 4096),
      (bytes: Buffer) => bytes.fill(0x5a, 100, 4096),
      (bytes: Buffer) => bytes.subarray(0, 5000),
    ]) {
      const error = await errorOf(async () => {
        const store = await open(await damaged(damage));
        await notesOf(store);
      });
      expect(error.code).toBe('STORE_FAILED');
      expect(error.message).toMatch(/damaged|no database|another application/);
    }
  });
});

describe('options', () => {
  test.each<[string, { readonly [name in keyof SqliteStoreOptions]?: unknown }]>([
    ['path', { path: '' }],
    ['path', { path: undefined }],
    ['path', { path: new URL('file:///tmp/chat.db') }],
    ['dim', { dim: undefined }],
    ['dim.ID', { dim: {} }],
    ['vault', { vault: undefined }],
    ['vault', { vault: 'none' }],
    ['strangers', { strangers: -1 }],
    ['strangersLength', { strangersLength: Number.NaN }],
    ['messageKeys', { messageKeys: 1.5 }],
    ['readMarks', { readMarks: 0 }],
    ['readMarksAge', { readMarksAge: '1' }],
  ])('%s that is wrong is USAGE_ARGUMENT, and no file is made', async (name, options) => {
    const file = path();
    const error = await errorOf(() => open(file, options as Partial<SqliteStoreOptions>));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', name]);
    expect(existsSync(file)).toBe(false);
  });

  test('none at all is USAGE_ARGUMENT', async () => {
    expect((await errorOf(() => openSqliteStore(undefined as never))).code).toBe('USAGE_ARGUMENT');
  });
});

describe('a vault', () => {
  const vault = passphraseVault('geheim', CHEAP);
  const keep = { do: 'keep-keys', id: alice.id, keys: alice.keys } as const;
  const secret = textOf(alice.keys.identity.fields, 'data').split('\n')[1] ?? '';

  test('seals what was kept without one, and nothing of it is left on the disk', async () => {
    const file = path();
    const before = await open(file);
    await before.commit([keep]);
    await before.close();
    expect(readFileSync(file).includes(secret)).toBe(true);
    const store = await open(file, { vault });
    expect((await store.keys(alice.id))?.identity).toMatchObject({ fields: alice.keys.identity.fields });
    for (const each of [file, `${file}-wal`]) expect(readFileSync(each).includes(secret)).toBe(false);
    await store.close();
    expect(secret.length).toBeGreaterThan(30);
  });

  test('has to be given again', async () => {
    const file = path();
    const store = await open(file, { vault });
    await store.commit([keep]);
    await store.close();
    expect(await errorOf(() => open(file))).toMatchObject({ code: 'USAGE_ARGUMENT', path: 'vault' });
    const other = await open(file, { vault: passphraseVault('falsch', CHEAP) });
    await expect(other.keys(alice.id)).rejects.toMatchObject({ code: 'VAULT_PASSPHRASE' });
    await other.close();
  });
});

/** Both ways to have SQLite do the same: whatever one of them does in another way stays inside. */
import { describe, expect, test } from '@jest/globals';
import { copyFileSync, mkdirSync, writeFileSync } from 'node:fs';
import {
  libsqlDriver,
  loadSqliteDriver,
  nodeSqliteDriver,
  SqliteError,
  type SqliteDatabase,
  type SqlValue,
} from '../../src/node/sqlite-driver.ts';
import { temporaryFolder } from './folder.ts';

const path = temporaryFolder();
const drivers = [nodeSqliteDriver(), await libsqlDriver()].filter((driver) => driver !== undefined);

function errorOf(action: () => unknown): unknown {
  try {
    action();
  } catch (error) {
    return error;
  }
  return undefined;
}

const codeOf = (action: () => unknown): number | undefined => {
  const error = errorOf(action);
  return error instanceof SqliteError ? error.code : undefined;
};

test('there is one, the one of Node where it has one', async () => {
  expect(drivers.length).toBeGreaterThan(0);
  expect((await loadSqliteDriver()).name).toBe(drivers[0]?.name);
  const [major = 0, minor = 0] = process.versions.node.split('.').map(Number);
  expect((await loadSqliteDriver()).name).toBe(major > 22 || (major === 22 && minor >= 13) ? 'node:sqlite' : 'libsql');
});

test('where there is none, the error says what to install', async () => {
  const missing = new Error('Cannot find package libsql');
  const none = [() => undefined, async () => Promise.reject(missing)];
  await expect(loadSqliteDriver(none)).rejects.toMatchObject({
    code: 'STORE_FAILED',
    message: expect.stringMatching(/npm install libsql.*Node 22\.13/),
    cause: missing,
  });
});

describe.each(drivers)('$name', (driver) => {
  const own = (name: string): string => path(`${driver.name.replace(':', '-')}-${name}`);
  const open = (name?: string): SqliteDatabase => {
    const database = driver.open(name === undefined ? path() : own(name));
    database.exec('CREATE TABLE IF NOT EXISTS t (a INTEGER PRIMARY KEY, b BLOB, r REAL, u TEXT UNIQUE)');
    return database;
  };
  const echo = (...values: readonly SqlValue[]) =>
    Object.values(
      open()
        .prepare(`SELECT ${values.map((_, index) => `? AS c${index}`).join(', ')}`)
        .get(...values) ?? {},
    );

  test('gives what it was given: numbers, texts, bytes, null', () => {
    const values = [1.5, 5e-324, -1.7976931348623157e308, Infinity, 'é😀', '', null, -0];
    expect(echo(...values)).toEqual(values);
  });

  test('a single value is no list of names', () => {
    expect(echo(null)).toEqual([null]);
    expect(echo(Uint8Array.of(7))).toEqual([Uint8Array.of(7)]);
  });

  test.each(['get', 'all'] as const)('bytes are a plain Uint8Array, from %s: a part of a buffer, none', (method) => {
    const database = open();
    const buffer = Buffer.from([0, 1, 2, 3, 4]);
    const insert = database.prepare('INSERT INTO t (b) VALUES (?)');
    for (const bytes of [buffer.subarray(1, 3), new Uint8Array(), buffer]) insert.run(bytes);
    const statement = database.prepare('SELECT b, typeof(b) AS type FROM t ORDER BY a');
    const found = method === 'all' ? statement.all() : [statement.get()];
    const wanted = [[1, 2], [], [0, 1, 2, 3, 4]].slice(0, found.length);
    expect(found.map((row) => Array.from((row?.['b'] ?? []) as Uint8Array))).toEqual(wanted);
    for (const row of found) {
      expect(row?.['type']).toBe('blob');
      expect(Object.getPrototypeOf(row?.['b'])).toBe(Uint8Array.prototype);
    }
  });

  test('no bytes are bytes, wherever they come from', () => {
    const none = new Uint8Array();
    const type = open().prepare('SELECT typeof(?) AS type, ? AS b');
    const read = type.get(none, none)?.['b'] as Uint8Array;
    for (const bytes of [read, structuredClone(none), none.slice()])
      expect(type.get(bytes, bytes)).toEqual({ type: 'blob', b: none });
  });

  test('rows are plain objects with the columns that were asked for', () => {
    const statement = open().prepare('SELECT 1 AS one, NULL AS none');
    for (const row of [statement.get(), statement.all()[0]]) {
      expect(row).toStrictEqual({ one: 1, none: null });
      expect(Object.getPrototypeOf(row)).toBe(Object.prototype);
    }
  });

  test('no row is undefined, and no rows are an empty list', () => {
    const statement = open().prepare('SELECT a FROM t WHERE u = ?');
    expect(statement.get('nobody')).toBeUndefined();
    expect(statement.all('nobody')).toEqual([]);
  });

  test('tells how many rows were changed', () => {
    const database = open();
    const insert = database.prepare('INSERT INTO t (u) VALUES (?)');
    expect([insert.run('a'), insert.run('b')]).toEqual([1, 1]);
    expect(database.prepare('UPDATE t SET r = ?').run(1)).toBe(2);
    expect(database.prepare('DELETE FROM t WHERE u = ?').run('nobody')).toBe(0);
    expect(database.prepare('DELETE FROM t WHERE u = ? RETURNING a').get('a')).toEqual({ a: 1 });
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 1 });
  });

  test('integers are numbers as long as none is rounded, or bigints where they are asked for', () => {
    const database = open();
    const exact = database.prepare('SELECT ? AS a, typeof(?) AS type, 1.5 AS r', { bigints: true });
    expect(exact.get(2n ** 62n, 5n)).toEqual({ a: 2n ** 62n, type: 'integer', r: 1.5 });
    expect(database.prepare('SELECT 9007199254740991 AS a').get()).toEqual({ a: 9007199254740991 });
    expect(codeOf(() => database.prepare('SELECT 9007199254740993 AS a').get())).toBe(20);
    expect(codeOf(() => database.prepare('SELECT 9007199254740993 AS a').all())).toBe(20);
  });

  test.each([
    ['true', true],
    ['nothing', undefined],
    ['an object', {}],
    ['a function', () => undefined],
  ])('refuses to bind %s', (_what, value) => {
    expect(codeOf(() => echo(value as SqlValue))).toBe(20);
  });

  test('refuses too few and too many values', () => {
    const insert = open().prepare('INSERT INTO t (u, r) VALUES (?, ?)');
    insert.run('first', 1);
    expect(codeOf(() => insert.run('second'))).toBe(25);
    expect(codeOf(() => insert.run('second', 1, 2))).toBe(25);
  });

  test('errors have the code of SQLite, and the error of the module behind them', () => {
    const database = open();
    database.exec(`INSERT INTO t (u) VALUES ('a')`);
    const error = errorOf(() => database.exec(`INSERT INTO t (u) VALUES ('a')`)) as SqliteError;
    expect(error).toBeInstanceOf(SqliteError);
    expect([error.code, error.primaryCode]).toEqual([2067, 19]);
    expect(error.message).toContain('UNIQUE');
    expect(error.cause).toMatchObject({ message: error.message });
    expect(codeOf(() => database.prepare('SELEC'))).toBe(1);
  });

  test('says of files that are none: no database, a folder, no folder', () => {
    writeFileSync(own('text'), 'no database '.repeat(100));
    mkdirSync(own('folder'));
    const codes = ['text', 'folder', 'nowhere/file.db'].map((name) => codeOf(() => open(name)));
    expect(codes).toEqual([26, 14, 14]);
  });

  test('a lock of another handle is told at once where nothing waits for it', () => {
    const [one, other] = [open('shared.db'), open('shared.db')];
    for (const database of [one, other]) database.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 0');
    one.exec('BEGIN IMMEDIATE');
    expect(codeOf(() => other.exec('BEGIN IMMEDIATE'))).toBe(5);
    one.exec('ROLLBACK');
    other.exec('BEGIN IMMEDIATE; ROLLBACK');
  });

  test('a statement that gave its first row holds nothing back', () => {
    const [one, other] = [open('reset.db'), open('reset.db')];
    one.exec('PRAGMA journal_mode = WAL; PRAGMA busy_timeout = 0');
    one.exec(`INSERT INTO t (u) VALUES ('a'), ('b')`);
    const first = other.prepare('SELECT u FROM t ORDER BY a');
    expect(first.get()).toEqual({ u: 'a' });
    one.exec(`DELETE FROM t WHERE u = 'a'`);
    expect(first.get()).toEqual({ u: 'b' });
    expect(one.prepare('PRAGMA wal_checkpoint(TRUNCATE)').get()).toMatchObject({ busy: 0 });
  });

  test('where there is no room, a transaction is gone and the next one is well', () => {
    const database = open();
    database.exec('PRAGMA max_page_count = 20; BEGIN IMMEDIATE');
    const insert = database.prepare('INSERT INTO t (b) VALUES (?)');
    const fill = () => {
      for (let index = 0; index < 100; index++) insert.run(new Uint8Array(4000));
    };
    expect(codeOf(fill)).toBe(13);
    expect(codeOf(() => database.exec('ROLLBACK'))).toBe(1);
    expect(database.prepare('SELECT count(*) AS n FROM t').get()).toEqual({ n: 0 });
    database.exec('PRAGMA max_page_count = 1000');
    fill();
  });

  test('what was closed is open no longer', () => {
    const database = open();
    database.close();
    expect(errorOf(() => database.prepare('SELECT 1'))).toMatchObject({ message: expect.stringContaining('not open') });
  });

  test('reads what the other one wrote', () => {
    for (const other of drivers) {
      const file = own(`by-${other.name.replace(':', '-')}.db`);
      const writer = other.open(file);
      writer.exec('PRAGMA journal_mode = WAL; CREATE TABLE t (a BLOB) STRICT');
      writer.prepare('INSERT INTO t VALUES (?)').run(Uint8Array.of(1, 2, 3));
      writer.exec('PRAGMA wal_checkpoint(TRUNCATE)');
      writer.close();
      copyFileSync(file, `${file}-copy`);
      expect(driver.open(`${file}-copy`).prepare('SELECT a FROM t').get()).toEqual({ a: Uint8Array.of(1, 2, 3) });
    }
  });
});

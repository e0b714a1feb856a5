/** Files of older versions become files of this one, with all that is in them. */
import { describe, expect, test } from '@jest/globals';
import { copyFileSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { createDim, verifyDocument, verifyMeta, type Document, type Meta } from 'dimp';
import { keyDigest } from 'dimp/extend';
import { standardPlugin } from 'dimplugins';
import { openSqliteStore } from '../../src/node/open-sqlite-store.ts';
import { SqliteConnection } from '../../src/node/sqlite-connection.ts';
import { loadSqliteDriver } from '../../src/node/sqlite-driver.ts';
import { migrate, MIGRATIONS, versionOf } from '../../src/node/sqlite-schema.ts';
import { temporaryFolder } from './folder.ts';

const path = temporaryFolder();
const data = join(import.meta.dirname, 'data');
const driver = await loadSqliteDriver();
const dim = createDim({ plugins: [standardPlugin()] });

/** What stands in the files of `data`: who is in them, made by the library of that version. */
interface Contents {
  readonly alice: string;
  readonly carol: string;
  readonly group: string;
  readonly aliceMeta: object;
  readonly visas: readonly string[];
  readonly messageKey: string;
  readonly identityKey: string;
  readonly decryptKeys: readonly (readonly [terminal: string | null, digest: string])[];
}

/** The tables, indexes and columns of a file. */
function shapeOf(connection: SqliteConnection): readonly unknown[] {
  return connection.all(`SELECT type, name, tbl_name FROM sqlite_schema ORDER BY type, name`);
}

function connectionTo(file: string): SqliteConnection {
  return new SqliteConnection(driver.open(file));
}

describe.each([1])('a file of version %i', (version) => {
  const copy = (): string => {
    const file = path();
    copyFileSync(join(data, `version-${version}.db`), file);
    return file;
  };
  const contents = JSON.parse(readFileSync(join(data, `version-${version}.json`), 'utf8')) as Contents;
  const open = (file: string) => openSqliteStore({ dim, path: file, vault: 'unprotected' });

  test('is what it says', () => {
    expect(versionOf(connectionTo(copy()), '')).toBe(version);
  });

  test('becomes as one that is new', async () => {
    const [old, fresh] = [copy(), path()];
    for (const file of [old, fresh]) await (await open(file)).close();
    const [one, other] = [connectionTo(old), connectionTo(fresh)];
    expect(versionOf(one, old)).toBe(MIGRATIONS.length);
    expect(shapeOf(one)).toEqual(shapeOf(other));
    expect(one.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
  });

  test('keeps the memory of messages', async () => {
    const store = await open(copy());
    const [alice, carol, group] = [contents.alice, contents.carol, contents.group].map((id) => dim.ID.parse(id));
    if (alice === undefined || carol === undefined || group === undefined) throw new Error('no IDs');
    const pinned = await store.meta(alice);
    const kept = pinned?.meta as Meta | undefined;
    expect(pinned?.isProven).toBe(true);
    expect((await store.meta(carol))?.isProven).toBe(false);
    expect(kept?.fields).toEqual(contents.aliceMeta);
    const meta = kept !== undefined && (await verifyMeta(kept, alice));
    if (!meta) throw new Error('the meta does not verify');
    const documents = (await store.documents(alice)) as readonly Document[];
    expect(documents.map((document) => document.data)).toEqual(contents.visas);
    for (const document of documents) expect(await verifyDocument(document, meta)).toBeTruthy();
    const ring = await store.keys(alice);
    expect(keyDigest(dim, dim.PrivateKey.parse(ring?.identity))).toBe(contents.identityKey);
    expect(
      ring?.decrypt.map(({ terminal, key }) => [terminal ?? null, keyDigest(dim, dim.DecryptKey.parse(key))]),
    ).toEqual(contents.decryptKeys);
    expect((await store.members(group))?.map(String)).toEqual([contents.alice, contents.carol]);
    const [entry] = (await store.messageKeys({ sender: carol, destination: alice }, 'receive')) ?? [];
    expect(entry).toMatchObject({ digest: contents.messageKey, time: 1_700_000_000.5, isNamed: true });
    const markOf = (number: number, sender = carol) => ({
      reader: alice,
      sender,
      id: Buffer.from(`mark ${number}         `).subarray(0, 16).toString('base64'),
      time: 1_700_000_000,
    });
    expect([markOf(1), markOf(2), markOf(3, alice)].map((mark) => store.readState(mark))).toEqual([
      'read',
      'read',
      'read',
    ]);
    expect([markOf(3), markOf(1, alice)].map((mark) => store.readState(mark))).toEqual(['new', 'new']);
    await store.close();
  });

  test('keeps the rows, and counts them', async () => {
    const store = await open(copy());
    expect(await store.rows('app-notes', 'a')).toEqual([
      { table: 'app-notes', key: '1', partition: 'a', order: 1, value: { text: 'Hello', sn: 18446744073709551615n } },
      {
        table: 'app-notes',
        key: '2',
        partition: 'a',
        order: 2,
        value: { lone: '\ud83d' },
        bytes: Uint8Array.of(1, 2, 3),
      },
    ]);
    expect(await store.partitions('app-notes')).toEqual(['a', '😀', '\uff61']);
    expect(['a', '😀', '\uff61', ''].map((partition) => store.count('app-notes', partition))).toEqual([2, 1, 1, 0]);
    expect((await store.row('app-more', '1'))?.bytes).toEqual(new Uint8Array());
    await store.commit([], [{ do: 'delete-row', table: 'app-notes', key: '4' }]);
    expect(await store.partitions('app-notes')).toEqual(['a', '\uff61']);
    await store.close();
  });
});

describe('migrating', () => {
  const versions = ['CREATE TABLE one (a)', 'CREATE TABLE two (a); INSERT INTO two SELECT a FROM one'];

  test('goes in order, each version once', () => {
    const connection = connectionTo(path());
    migrate(connection, '', versions.slice(0, 1));
    connection.exec('INSERT INTO one VALUES (7)');
    migrate(connection, '', versions);
    migrate(connection, '', versions);
    expect(connection.all('SELECT a FROM two')).toEqual([{ a: 7 }]);
    expect(connection.number('PRAGMA user_version')).toBe(2);
  });

  test('is done whole or not at all', () => {
    const connection = connectionTo(path());
    migrate(connection, '', versions.slice(0, 1));
    connection.exec('INSERT INTO one VALUES (7)');
    const wrong = [...versions, 'CREATE TABLE three (a); INSERT INTO nowhere VALUES (1)'];
    expect(() => migrate(connection, '', wrong)).toThrow(/nowhere/);
    expect(connection.number('PRAGMA user_version')).toBe(1);
    expect(shapeOf(connection)).toHaveLength(1);
    migrate(connection, '', versions);
    expect(connection.all('SELECT a FROM two')).toEqual([{ a: 7 }]);
  });

  test('of an empty file that failed leaves an empty one, which is no other application', () => {
    const connection = connectionTo(path());
    expect(() => migrate(connection, '', ['CREATE TABLE one (a); WRONG'])).toThrow(/WRONG/);
    expect(versionOf(connection, '')).toBe(0);
  });

  test('of a file that another process makes at the same time sees it empty or made', () => {
    for (let step = 0; step < 4; step++) {
      const file = path();
      const connection = connectionTo(file);
      const get = connection.get.bind(connection);
      // Between any two things that are asked of it.
      let asked = 0;
      connection.get = (sql, ...values) => {
        if (asked++ === step) migrate(connectionTo(file), file);
        return get(sql, ...values);
      };
      expect([0, MIGRATIONS.length]).toContain(versionOf(connection, file));
    }
  });
});

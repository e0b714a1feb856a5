/** Databases of other versions: those of before are found as they were, and those of later ones are left alone. */
import { stringifyJson, TextContent, type ReadMark } from 'dimp';
import { systemClock, type Clock } from 'dimsdk';
import { deleteIndexedDbStore } from 'dimsdk/browser';
import { Database, MIGRATIONS } from 'dimsdk/internal';
import { idOf } from './marks.ts';
import { createPerson, dim, failureOf, openStore } from './open.ts';
import { databaseOf, doneOf, openRaw, resultOf } from './raw.ts';

/** Waits no longer than a moment: what another tab holds up is given up then. */
const impatient: Clock = {
  now: () => Date.now() / 1000,
  wait: async () =>
    new Promise((resolve) => {
      setTimeout(resolve, 300);
    }),
};

/** Makes the tables as version 1 made them. */
function makeVersion1(database: IDBDatabase): void {
  const rows = database.createObjectStore('rows', { keyPath: ['table', 'key'] });
  rows.createIndex('place', ['table', 'partition', 'order', 'key']);
  database.createObjectStore('identities').createIndex('heard', 'heard');
  database.createObjectStore('contacts');
  database.createObjectStore('keyrings');
  database.createObjectStore('members');
  database.createObjectStore('messageKeys').createIndex('turn', ['room', 'turn']);
  database.createObjectStore('marks').createIndex('future', 'future');
  database.createObjectStore('histories').createIndex('sender', 'sender');
  database.createObjectStore('markRooms');
  database.createObjectStore('counters');
}

/**
 * Fills a database as version 1 of the store did, and opens it.
 * @returns what is found, as text
 */
export async function findVersion1(name: string): Promise<Readonly<Record<string, unknown>>> {
  const owner = await createPerson('Owner');
  const friend = await createPerson('Friend');
  const [me, other] = [owner.id.entityKey, friend.id.entityKey];
  const pair = `${me} ${other}`;
  const key = await dim.SymmetricKey.generate('AES');
  const database = await openRaw(name, 1, makeVersion1);
  const transaction = database.transaction([...database.objectStoreNames], 'readwrite');
  const put = (table: string, value: unknown, at?: IDBValidKey): unknown =>
    transaction.objectStore(table).put(value, at);
  put('rows', {
    table: 'app-old',
    key: 'a',
    partition: 'p',
    order: 2,
    text: '{"n":18446744073709551615}',
    bytes: undefined,
  });
  put('rows', { table: 'app-old', key: 'b', partition: 'p', order: 1, text: '{}', bytes: Uint8Array.of(1, 2) });
  const documents = friend.visas.map((visa) => visa.serialize());
  put('identities', { meta: friend.meta.serialize(), isProven: true, documents }, other);
  put('identities', { meta: owner.meta.serialize(), isProven: false, documents: [], heard: 7 }, me);
  put('contacts', { forgotten: 1_600_000_000 }, other);
  const decrypt = owner.keys.decrypt.map((entry) => ({ key: entry.key.fields }));
  const ring = { version: 1, identity: owner.keys.identity.fields, decrypt };
  put('keyrings', { id: owner.id.toString(), text: JSON.stringify(ring) }, me);
  put('members', JSON.stringify([owner.id, friend.id]), idOf('team').entityKey);
  const text = JSON.stringify({ key, digest: 'digest', time: 5, isNamed: true });
  put('messageKeys', { entries: [{ digest: 'digest', text }], room: 'known', turn: 3 }, ['receive', other, me]);
  put('marks', { time: 1_700_000_000 }, [pair, 'read']);
  put('histories', { sender: other, forgotten: 1_650_000_000 }, pair);
  put('markRooms', { size: 1, future: 0, earliest: Infinity, forgotten: 0 }, 'contacts');
  put('markRooms', { size: 0, future: 0, earliest: Infinity, forgotten: 1_640_000_000 }, 'strangers');
  put('counters', { count: 1, length: 1000, turn: 7 }, 'strangers');
  put('counters', { count: 1, length: 0, turn: 3 }, 'known-keys');
  await doneOf(transaction);
  database.close();

  const store = await openStore(name);
  const mark = (sender: string, id: string, time: number): ReadMark => ({
    reader: owner.id,
    sender: sender === 'friend' ? friend.id : idOf(sender),
    id,
    time,
  });
  const rows = await store.rows('app-old', 'p');
  const [messageKey] = (await store.messageKeys({ sender: friend.id, destination: owner.id }, 'receive')) ?? [];
  const pinned = await store.meta(friend.id);
  const found = {
    rows: rows.map((row) => `${row.key} ${stringifyJson(row.value)} ${String(row.bytes)}`).join(),
    meta: pinned?.isProven,
    documents: ((await store.documents(friend.id)) ?? []).length,
    keys: (await dim.messenger({ self: owner.id, store }).pack(TextContent.create('old keys'), friend.id)).length > 0,
    members: ((await store.members(idOf('team'))) ?? []).map((id) => id.name).join(),
    messageKey: `${String(messageKey?.digest)} ${String(messageKey?.isNamed)}`,
    read: await store.readState(mark('friend', 'read', 1_700_000_000)),
    new: await store.readState(mark('friend', 'other', 1_650_000_001)),
    forgotten: await store.readState(mark('friend', 'other', 1_650_000_000)),
    'forgotten of strangers': await store.readState(mark('stranger', 'other', 1_640_000_000)),
    'new of strangers': await store.readState(mark('stranger', 'other', 1_640_000_001)),
  };
  await store.close();
  return found;
}

/** Another tab brings the database to a version of later. @returns what comes of that */
export async function meetLaterVersion(name: string): Promise<Readonly<Record<string, string>>> {
  const store = await openStore(name);
  const put = [{ do: 'put-row', row: { table: 'app-later', key: 'a', partition: '', order: 1, value: {} } }] as const;
  await store.commit([], put);
  const later = await openRaw(name, MIGRATIONS.length + 1, (database) => {
    database.createObjectStore('later');
  });
  const after = {
    commit: await failureOf(() => store.commit([], put)),
    row: await failureOf(() => store.row('app-later', 'a')),
    exclusive: await failureOf(() => store.exclusive(async () => Promise.resolve())),
    close: await failureOf(() => store.close()),
    open: await failureOf(() => openStore(name)),
  };
  const rows = await resultOf(later.transaction('rows', 'readonly').objectStore('rows').count());
  later.close();
  return { ...after, 'rows that are there': `${rows}` };
}

/** A migration of the future, with data of today. @returns what comes of it */
export async function migrate(name: string): Promise<Readonly<Record<string, string>>> {
  const store = await openStore(name);
  const put = (key: string) =>
    [{ do: 'put-row', row: { table: 'app-migrate', key, partition: '', order: 1, value: {} } }] as const;
  await store.commit([], put('a'));
  const open = (migration: (typeof MIGRATIONS)[number], clock = systemClock): Promise<Database> =>
    Database.open({ name: databaseOf(name), clock, migrations: [...MIGRATIONS, migration] });
  // The store of before is told, and gives way.
  const failed = await failureOf(() =>
    open(async (_database, transaction) => {
      await transaction.objectStore('rows').clear();
      throw new Error('a migration that fails');
    }),
  );
  const closed = await failureOf(() => store.row('app-migrate', 'a'));
  const again = await openStore(name);
  const kept = await again.count('app-migrate', '');
  await again.close();

  // A tab that does not give way.
  const stubborn = await openRaw(name, MIGRATIONS.length);
  const rename = async (_database: unknown, transaction: Parameters<(typeof MIGRATIONS)[number]>[1]): Promise<void> => {
    const rows = transaction.objectStore('rows');
    for (const row of await rows.getAll()) await rows.put({ ...row, partition: 'migrated' });
  };
  const blocked = await failureOf(() => open(rename, impatient));
  const deleted = await failureOf(() => deleteIndexedDbStore({ name, clock: impatient }));
  // Then both are done, one after the other, and nobody uses what comes of it.
  stubborn.close();
  const last = await openStore(name);
  const left = await last.count('app-migrate', '');
  await last.close();
  return { failed, closed, kept: `${kept}`, blocked, deleted, left: `${left}` };
}

/** A migration that changes rows. @returns where the row is then */
export async function migrateRows(name: string): Promise<string> {
  const store = await openStore(name);
  const row = { table: 'app-migrate', key: 'a', partition: 'before', order: 1, value: {} };
  await store.commit([], [{ do: 'put-row', row }]);
  await store.close();
  const database = await Database.open({
    name: databaseOf(name),
    clock: systemClock,
    migrations: [
      ...MIGRATIONS,
      async (_database, transaction) => {
        const rows = transaction.objectStore('rows');
        for (const each of await rows.getAll()) await rows.put({ ...each, partition: 'after' });
      },
    ],
  });
  const [found] = await database.connection.getAll('rows');
  database.close('the test is over');
  return found?.partition ?? 'nowhere';
}

/** Another tab deletes the database. @returns what is told */
export async function meetDeletion(name: string): Promise<Readonly<Record<string, string>>> {
  const store = await openStore(name);
  await deleteIndexedDbStore({ name });
  const row = await failureOf(() => store.row('app-any', 'a'));
  const again = await openStore(name);
  await again.close();
  return { row, again: 'empty' };
}

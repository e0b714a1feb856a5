/** What the contract of stores does not ask of all of them: objects, indexes, room on the disk, other handles. */
import { describe, expect, test } from '@jest/globals';
import { verifyMeta, type Change, type ID, type Memory, type VerifiedMeta } from 'dimp';
import { keyDigest } from 'dimp/extend';
import { pageOf } from '../../src/node/sqlite-rows.ts';
import { checkRange } from '../../src/store/row-checks.ts';
import { alice, bob, dim, errorOf } from '../people.ts';
import { temporaryFolder } from './folder.ts';
import { note, notesOf, openedStore } from './opened-store.ts';

const path = temporaryFolder();

async function pinOf(): Promise<{ readonly meta: VerifiedMeta; readonly pin: Change }> {
  const meta = await verifyMeta(alice.meta, alice.id);
  if (!meta) throw new Error('the meta does not verify');
  return { meta, pin: { do: 'pin-meta', id: alice.id, meta, isProven: true } };
}

describe('objects', () => {
  test('are the ones that were kept, and after a restart the same ones each time', async () => {
    const file = path();
    const first = await openedStore(file);
    const { meta, pin } = await pinOf();
    first.store.commit([pin, { do: 'keep-keys', id: alice.id, keys: alice.keys }]);
    expect(first.store.meta(alice.id)?.meta).toBe(meta);
    await first.store.close();
    const { store } = await openedStore(file);
    const ask = (memory: Memory) => [memory.meta(alice.id), memory.keys(alice.id)];
    const [read, ring] = ask(store) as [ReturnType<typeof store.meta>, ReturnType<typeof store.keys>];
    expect(read?.meta).not.toBe(meta);
    expect(store.meta(alice.id)?.meta).toBe(read?.meta);
    expect(store.keys(alice.id)).toBe(ring);
    await store.close();
  });

  test('of message keys, members and documents are the same ones as long as nothing changes', async () => {
    const { store } = await openedStore(path());
    const key = await dim.SymmetricKey.generate('AES');
    const direction = { sender: bob.id, destination: alice.id };
    const entry = { key, digest: keyDigest(dim, key), time: 1 };
    const keep = (time: number): Change => ({
      do: 'keep-message-key',
      direction,
      use: 'receive',
      entry: { ...entry, time },
    });
    const group = await dim.createGroup({ founder: alice, members: [bob.id], name: 'Team', seed: 'team' });
    store.commit([keep(1), { do: 'set-members', group: group.id, members: [alice.id, bob.id] }]);
    const [kept] = store.messageKeys(direction, 'receive');
    expect(store.messageKeys(direction, 'receive')[0]).toBe(kept);
    expect(store.members(group.id)).toBe(store.members(group.id));
    store.commit([keep(2), { do: 'set-members', group: group.id, members: [bob.id] }]);
    expect(store.messageKeys(direction, 'receive').map(({ time }) => time)).toEqual([2]);
    expect(store.members(group.id).map(String)).toEqual([String(bob.id)]);
    await store.close();
  });

  test('are those of the text that is in the file, whoever wrote it there', async () => {
    const file = path();
    const [one, other] = [await openedStore(file), await openedStore(file)];
    const { meta, pin } = await pinOf();
    one.store.commit([pin]);
    other.store.meta(alice.id);
    const text = JSON.stringify({ ...meta.meta.fields, more: 1 });
    one.connection.run('UPDATE identities SET meta = ?', text);
    expect(other.store.meta(alice.id)?.meta).toMatchObject({ fields: { more: 1 } });
    one.connection.run('UPDATE identities SET meta = ?', '{"no":"meta"}');
    expect(other.store.meta(alice.id)?.meta).toEqual({ no: 'meta' });
    one.connection.run('UPDATE identities SET meta = ?', 'no JSON');
    expect(await errorOf(() => other.store.meta(alice.id))).toMatchObject({ code: 'INTERNAL_STORE' });
    await Promise.all([one.store.close(), other.store.close()]);
  });

  test('that are no change are USAGE_ARGUMENT, and nothing of the commit is kept', async () => {
    const { store } = await openedStore(path());
    const { pin } = await pinOf();
    const error = await errorOf(() => store.commit([pin, { do: 'drop-all' } as unknown as Change]));
    expect(error.code).toBe('USAGE_ARGUMENT');
    expect(store.meta(alice.id)).toBeUndefined();
    const key = { sign: () => undefined } as never;
    const ring = { do: 'keep-keys', id: alice.id, keys: { identity: key, decrypt: [] } } as const;
    expect((await errorOf(() => store.commit([pin, ring]))).code).toBe('USAGE_ARGUMENT');
    expect(store.meta(alice.id)).toBeUndefined();
    await store.close();
  });
});

describe('questions', () => {
  test('of many rows are answered by an index, at whatever place, without sorting', async () => {
    const { store, connection } = await openedStore(path());
    store.commit([], [note('1')]);
    const after = { order: 1, key: 'k' };
    const ranges = [{}, { from: 1, to: 2 }, { after }, { after, from: 0, to: 3 }, { after, from: 5 }];
    for (const range of ranges.flatMap((each) => [each, { ...each, reverse: true }])) {
      const { sql, values } = pageOf(checkRange(range));
      const plan = connection.all(
        `EXPLAIN QUERY PLAN SELECT value FROM records WHERE table_name = ? AND partition = ? ${sql} LIMIT 100`,
        'app-notes',
        new Uint8Array(),
        ...values,
      );
      const details = plan.map((row) => String(row['detail'])).join('; ');
      expect(details).toContain('USING INDEX records_in_order (table_name=? AND partition=? AND');
      expect(details).toMatch(/AND (\(place,key\)|place)[<>]/);
      expect(details).not.toContain('TEMP B-TREE');
    }
    await store.close();
  });

  test.each([
    ['SELECT count FROM partitions WHERE table_name = ? AND partition = ?', 2],
    ['SELECT partition FROM partitions WHERE table_name = ? AND partition > ? ORDER BY partition LIMIT 1000', 2],
    ['SELECT meta, is_proven FROM identities WHERE id = ?', 1],
    ['SELECT number, text FROM documents WHERE id = ? ORDER BY number', 1],
    [
      'SELECT text FROM message_keys WHERE direction = (SELECT number FROM directions WHERE use = ? AND sender = ? AND destination = ?)',
      3,
    ],
    ['SELECT id FROM identities WHERE heard IS NOT NULL ORDER BY heard LIMIT 1', 0],
    ['SELECT number FROM directions WHERE room = ? ORDER BY turn LIMIT 1', 1],
    ['SELECT count(*) FROM marks WHERE future > ?', 1],
    ['SELECT 1 FROM marks WHERE history = ? AND id = ?', 2],
  ])('walk over no table and sort nothing: %s', async (sql, count) => {
    const { store, connection } = await openedStore(path());
    const values = Array.from({ length: count }, () => 'x');
    const details = connection.all(`EXPLAIN QUERY PLAN ${sql}`, ...values).map((row) => String(row['detail']));
    for (const detail of details) expect(detail).toMatch(/^SEARCH|INDEX|SCALAR SUBQUERY/);
    expect(details.join()).not.toMatch(/TEMP B-TREE/);
    await store.close();
  });
});

describe('where there is no room', () => {
  test('a commit is STORE_FULL, keeps nothing, and takes nothing away; reading goes on', async () => {
    const file = path();
    const { store, connection } = await openedStore(file);
    store.commit([], [note('kept')]);
    const pages = connection.number('PRAGMA page_count');
    connection.exec(`PRAGMA max_page_count = ${pages + 2}`);
    const { pin } = await pinOf();
    const mark = { reader: bob.id, sender: alice.id, id: '1', time: 1 };
    const large = () =>
      store.commit([pin, { do: 'mark-read', mark }], [note('small'), note('large', 2, 'x'.repeat(100_000))]);
    const error = await errorOf(large);
    expect(error).toMatchObject({
      code: 'STORE_FULL',
      message: expect.stringMatching(/no room on the disk for .*\.db/),
    });
    expect(await notesOf(store)).toEqual(['kept']);
    expect(store.meta(alice.id)).toBeUndefined();
    expect(store.readState(mark)).toBe('new');
    expect(store.count('app-notes', 'notes')).toBe(1);
    // What is small has room still, and where there is room again everything has.
    store.commit([], [note('small')]);
    connection.exec('PRAGMA max_page_count = 100000');
    large();
    expect(await notesOf(store)).toEqual(['kept', 'small', 'large']);
    expect(store.readState(mark)).toBe('read');
    expect(connection.get('PRAGMA integrity_check')).toEqual({ integrity_check: 'ok' });
    await store.close();
    const again = await openedStore(file);
    expect(await notesOf(again.store)).toEqual(['kept', 'small', 'large']);
    await again.store.close();
  });
});

describe('another handle', () => {
  test('that writes for too long makes a commit fail, and it can be made later', async () => {
    const file = path();
    const [one, other] = [await openedStore(file), await openedStore(file)];
    other.connection.exec('PRAGMA busy_timeout = 1');
    one.connection.exec('BEGIN IMMEDIATE');
    const error = await errorOf(() => other.store.commit([], [note('1')]));
    expect(error).toMatchObject({
      code: 'STORE_FAILED',
      message: expect.stringMatching(/another process has been writing/),
      cause: expect.objectContaining({ code: 5 }),
    });
    expect(await notesOf(other.store)).toEqual([]);
    one.connection.exec('ROLLBACK');
    other.store.commit([], [note('1')]);
    expect(await notesOf(one.store)).toEqual(['1']);
    await Promise.all([one.store.close(), other.store.close()]);
  });

  test('that has its turn blocks nothing while others wait for theirs', async () => {
    const file = path();
    const [one, other] = [await openedStore(file), await openedStore(file)];
    const notes: string[] = [];
    let end: () => void = () => undefined;
    const first = one.store.exclusive(async () => {
      await new Promise<void>((resolve) => (end = resolve));
      notes.push('first');
    });
    const second = other.store.exclusive(async () => Promise.resolve(notes.push('second')));
    for (let index = 0; index < 5; index++) {
      await new Promise((resolve) => setTimeout(resolve, 2));
      other.store.commit([], [note(String(index))]);
    }
    notes.push('meanwhile');
    end();
    await Promise.all([first, second]);
    expect(notes).toEqual(['meanwhile', 'first', 'second']);
    await Promise.all([one.store.close(), other.store.close()]);
  });
});

test('the IDs of one person in two forms have each their own meta', async () => {
  const { store } = await openedStore(path());
  const { pin } = await pinOf();
  store.commit([pin]);
  const other: ID = dim.ID.create({ name: 'other', address: alice.id.address });
  expect(store.meta(other)).toBeUndefined();
  expect(store.meta(alice.id.at('tablet'))).toEqual(store.meta(alice.id));
  await store.close();
});

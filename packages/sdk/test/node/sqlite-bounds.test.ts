/** What strangers can make grow has a bound, and pushes out nothing of a contact. */
import { describe, expect, test } from '@jest/globals';
import { verifyDocument, verifyMeta, type Change, type ID, type Store, type User } from 'dimp';
import { keyDigest } from 'dimp/extend';
import type { SqliteConnection } from '../../src/node/sqlite-connection.ts';
import { alice, bob, carol, dim, visaAlgorithms } from '../people.ts';
import { temporaryFolder } from './folder.ts';
import { openedStore } from './opened-store.ts';

const path = temporaryFolder();
const others = await Promise.all(
  ['1', '2', '3', '4'].map((name) => dim.createUser({ name, algorithm: 'ECC', visaAlgorithms })),
);

/** What a first message brings. */
async function introduction({ id, meta, visas }: User): Promise<readonly Change[]> {
  const verified = await verifyMeta(meta, id);
  if (!verified) throw new Error('the meta does not verify');
  const changes: Change[] = [{ do: 'pin-meta', id, meta: verified, isProven: true }];
  for (const visa of visas) {
    const document = await verifyDocument(visa, verified);
    if (document) changes.push({ do: 'keep-document', document });
  }
  return changes;
}

const meet = async (store: Store, ...users: readonly User[]) => {
  for (const user of users) await store.commit(await introduction(user));
};

const known = (store: Store, users: readonly User[]) => users.map(({ id }) => Boolean(store.meta(id)));

/** What is counted is what there is. */
function expectRightTallies(connection: SqliteConnection): void {
  const tally = (name: string) => connection.number('SELECT value FROM tallies WHERE name = ?', name);
  const count = (sql: string) => connection.number(sql);
  expect({
    strangers: tally('strangers'),
    length: tally('strangers-length'),
    known: tally('keys-known'),
    ofStrangers: tally('keys-strangers'),
    marks: tally('marks-contacts') + tally('marks-strangers'),
  }).toEqual({
    strangers: count('SELECT count(*) FROM identities WHERE heard IS NOT NULL'),
    length: count(
      `SELECT ifnull(sum(ifnull(length(meta), 0) + (SELECT ifnull(sum(length(text)), 0) FROM documents WHERE documents.id = identities.id)), 0)
       FROM identities WHERE heard IS NOT NULL`,
    ),
    known: count(`SELECT count(*) FROM directions WHERE room = 'known'`),
    ofStrangers: count(`SELECT count(*) FROM directions WHERE room = 'strangers'`),
    marks: count('SELECT count(*) FROM marks'),
  });
  expect(count('SELECT count(*) FROM documents WHERE id NOT IN (SELECT id FROM identities)')).toBe(0);
  expect(count('SELECT count(*) FROM message_keys WHERE direction NOT IN (SELECT number FROM directions)')).toBe(0);
}

describe('strangers', () => {
  test('are remembered up to a number, those heard of last; contacts all of them', async () => {
    const { store, connection } = await openedStore(path(), { strangers: 2 });
    store.commit([{ do: 'add-contact', id: bob.id }]);
    await meet(store, bob, alice, carol, ...others.slice(0, 1));
    expect(known(store, [alice, carol, ...others.slice(0, 1), bob])).toEqual([false, true, true, true]);
    expect(store.documents(alice.id)).toEqual([]);
    expectRightTallies(connection);
    await store.close();
  });

  test('who write are the last to be forgotten', async () => {
    const { store, connection } = await openedStore(path(), { strangers: 2 });
    await meet(store, alice, carol);
    store.commit([{ do: 'mark-read', mark: { reader: bob.id, sender: alice.id, id: '1', time: 1 } }]);
    await meet(store, ...others.slice(0, 1));
    expect(known(store, [alice, carol, ...others.slice(0, 1)])).toEqual([true, false, true]);
    expectRightTallies(connection);
    await store.close();
  });

  test('are remembered up to a length; the newest in any case', async () => {
    const { store, connection } = await openedStore(path(), { strangersLength: 2000 });
    await meet(store, alice, carol, ...others);
    expect(connection.number(`SELECT value FROM tallies WHERE name = 'strangers-length'`)).toBeLessThanOrEqual(2000);
    expect(known(store, others).at(-1)).toBe(true);
    expect(known(store, [alice])).toEqual([false]);
    expectRightTallies(connection);
    const tight = await openedStore(path(), { strangersLength: 0 });
    await meet(tight.store, alice, carol);
    expect(known(tight.store, [alice, carol])).toEqual([false, true]);
    await Promise.all([store.close(), tight.store.close()]);
  });

  test('become contacts with what is known of them', async () => {
    const { store, connection } = await openedStore(path(), { strangers: 1 });
    await meet(store, alice);
    store.commit([{ do: 'add-contact', id: alice.id }]);
    await meet(store, carol, ...others);
    expect(known(store, [alice])).toEqual([true]);
    expect(store.documents(alice.id)).toHaveLength(1);
    expectRightTallies(connection);
    await store.close();
  });

  test('and contacts can be forgotten; a contact stays one', async () => {
    const { store, connection } = await openedStore(path(), { strangers: 1 });
    store.commit([{ do: 'add-contact', id: bob.id }]);
    await meet(store, alice, bob);
    store.commit([
      { do: 'forget', id: alice.id },
      { do: 'forget', id: bob.id },
    ]);
    expect(known(store, [alice, bob])).toEqual([false, false]);
    expectRightTallies(connection);
    await meet(store, bob, carol, alice);
    expect(known(store, [bob, carol, alice])).toEqual([true, false, true]);
    expectRightTallies(connection);
    await store.close();
  });

  test('of whom much changes are counted as they are then', async () => {
    const { store, connection } = await openedStore(path());
    await meet(store, alice, alice, carol);
    const [, keep] = await introduction(alice);
    if (keep?.do !== 'keep-document') throw new Error('no document');
    expect(store.documents(alice.id)).toHaveLength(1);
    store.commit([{ do: 'drop-document', document: keep.document }]);
    expect(store.documents(alice.id)).toEqual([]);
    expectRightTallies(connection);
    await store.close();
  });
});

const key = await dim.SymmetricKey.generate('AES');

describe('message keys', () => {
  const entry = { key, digest: keyDigest(dim, key), time: 1 };
  const numbered = (number: number): ID => dim.ID.create({ name: `u${number}`, address: bob.id.address });
  const received = (sender: ID): Change => ({
    do: 'keep-message-key',
    direction: { sender, destination: alice.id },
    use: 'receive',
    entry,
  });
  const kept = (store: Store, senders: readonly ID[]) =>
    senders.map((sender) => ((store.messageKeys({ sender, destination: alice.id }, 'receive') ?? []) as []).length);

  test('are kept for so many directions, and for as many of strangers', async () => {
    const { store, connection } = await openedStore(path(), { messageKeys: 3 });
    const contacts = [1, 2].map(numbered);
    store.commit([...contacts.map((id): Change => ({ do: 'add-contact', id })), ...contacts.map(received)]);
    const strangers = [3, 4, 5, 6, 7].map(numbered);
    for (const stranger of strangers) store.commit([received(stranger)]);
    expect(kept(store, contacts)).toEqual([1, 1]);
    expect(kept(store, strangers)).toEqual([0, 0, 1, 1, 1]);
    expectRightTallies(connection);
    await store.close();
  });

  test('that were changed last are the last to go', async () => {
    const { store } = await openedStore(path(), { messageKeys: 2 });
    const [one, two, three] = [1, 2, 3].map(numbered) as [ID, ID, ID];
    for (const sender of [one, two, one, three]) store.commit([received(sender)]);
    expect(kept(store, [one, two, three])).toEqual([1, 0, 1]);
    await store.close();
  });

  test('of a stranger who becomes a contact are pushed out no more', async () => {
    const { store, connection } = await openedStore(path(), { messageKeys: 1 });
    const [one, two, three] = [1, 2, 3].map(numbered) as [ID, ID, ID];
    store.commit([received(one)]);
    store.commit([{ do: 'add-contact', id: one }]);
    for (const sender of [two, three]) store.commit([received(sender)]);
    expect(kept(store, [one, two, three])).toEqual([1, 0, 1]);
    expectRightTallies(connection);
    await store.close();
  });

  test('that were dropped leave nothing behind', async () => {
    const { store, connection } = await openedStore(path());
    const one = numbered(1);
    const direction = { sender: one, destination: alice.id };
    const drop = { do: 'drop-message-key', direction, use: 'receive', digest: entry.digest } as const;
    store.commit([drop]);
    store.commit([received(one), drop]);
    store.commit([received(one), { do: 'forget', id: alice.id }]);
    expect(connection.number('SELECT count(*) FROM directions')).toBe(0);
    expectRightTallies(connection);
    await store.close();
  });
});

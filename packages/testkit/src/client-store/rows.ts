/** Rows: what was put comes back by its key, is replaced as a whole, moved, and deleted, and nothing else is. */
import { hasNo, isSame } from '../store/answers.ts';
import { allOf, isValue } from '../report/verdict.ts';
import {
  filledRows,
  keysOf,
  put,
  quoted,
  remove,
  removePartition,
  rowOf,
  TABLE,
  type ClientStoreTrial,
} from './client-store-trial.ts';
import { isRow } from './same-row.ts';

export async function checkRows({ contract, samples }: ClientStoreTrial): Promise<void> {
  await contract.rule('row', 'an empty store has no row, no rows, a count of 0 and no partitions', async () => {
    const store = await samples.open();
    return allOf([
      hasNo('row', await store.row(TABLE, 'key')),
      hasNo('rows', await store.rows(TABLE, 'partition')),
      isValue(await store.count(TABLE, 'partition'), 0),
      hasNo('partitions', await store.partitions(TABLE)),
    ]);
  });
  await contract.rule('row', 'a row that was put comes back, by its key and in its partition', async () => {
    const row = rowOf({ order: 1_700_000_000.25, bytes: Uint8Array.of(1, 2, 3) });
    const store = await filledRows(samples, [put(row)]);
    const rows = await store.rows(TABLE, 'partition');
    return allOf([
      isRow(await store.row(TABLE, 'key'), row),
      isRow(rows[0], row),
      isValue(rows.length, 1),
      isValue(await store.count(TABLE, 'partition'), 1),
      isSame(await store.partitions(TABLE), ['partition']),
    ]);
  });
  await contract.rule('commit', 'a row is replaced as a whole by the next one with its key', async () => {
    const next = rowOf({ order: 2, value: { other: 1 } });
    const store = await filledRows(samples, [put({ bytes: Uint8Array.of(1) }), put({ key: 'other' })]);
    await store.commit([], [put(next)]);
    return allOf([
      isRow(await store.row(TABLE, 'key'), next),
      isSame(await keysOf(store), ['other', 'key']),
      isValue(await store.count(TABLE, 'partition'), 2),
    ]);
  });
  await contract.rule('commit', 'a row that is put in another partition is in the first one no longer', async () => {
    const moved = rowOf({ partition: 'second', value: { moved: true } });
    const store = await filledRows(samples, [put(), put({ key: 'other' })]);
    await store.commit([], [put(moved)]);
    return allOf([
      isRow(await store.row(TABLE, 'key'), moved),
      isSame(await keysOf(store), ['other']),
      isSame(await keysOf(store, 'second'), ['key']),
      isValue(await store.count(TABLE, 'partition'), 1),
      isValue(await store.count(TABLE, 'second'), 1),
      isSame(await store.partitions(TABLE), ['partition', 'second']),
    ]);
  });
  await checkDeleting({ contract, samples });
}

async function checkDeleting({ contract, samples }: Pick<ClientStoreTrial, 'contract' | 'samples'>): Promise<void> {
  await contract.rule(
    'commit',
    'a row that was deleted is gone, and no other; where there is none, nothing happens',
    async () => {
      const store = await filledRows(samples, [put(), put({ key: 'other' }), put({ table: 'app-second' })]);
      await store.commit([], [remove('key'), remove('key'), remove('nobody'), remove('other', 'app-third')]);
      return allOf([
        hasNo('row', await store.row(TABLE, 'key')),
        isSame(await keysOf(store), ['other']),
        isValue(await store.count(TABLE, 'partition'), 1),
        isRow(await store.row('app-second', 'key'), rowOf({ table: 'app-second' })),
      ]);
    },
  );
  await contract.rule('commit', 'the rows of a partition are deleted together, and no others', async () => {
    const others = ['partition ', 'partitio', 'Partition', 'partition%', ''];
    const store = await filledRows(samples, [
      ...['1', '2', '3'].map((key) => put({ key })),
      ...others.map((partition) => put({ key: partition, partition })),
      put({ table: 'app-second' }),
    ]);
    await store.commit([], [removePartition('partition'), removePartition('nobody')]);
    return allOf([
      hasNo('rows', await store.rows(TABLE, 'partition')),
      hasNo('row', await store.row(TABLE, '2')),
      isValue(await store.count(TABLE, 'partition'), 0),
      isSame(quoted(await store.partitions(TABLE)), quoted([...others].sort())),
      isRow(await store.row('app-second', 'key'), rowOf({ table: 'app-second' })),
    ]);
  });
  await contract.rule('commit', 'of several changes of one row in a commit, the last one counts', async () => {
    const store = await filledRows(samples, [put({ key: 'deleted' }), put({ key: 'kept' })]);
    await store.commit(
      [],
      [
        put({ value: { number: 1 } }),
        put({ value: { number: 2 } }),
        put({ key: 'deleted', value: { number: 3 } }),
        remove('deleted'),
        remove('kept'),
        put({ key: 'kept', value: { number: 4 } }),
        // It stood in the partition, and stands in another one when that is deleted.
        put({ key: 'moved' }),
        put({ key: 'moved', partition: 'second' }),
        put({ key: 'gone', partition: 'third' }),
        removePartition('third'),
        put({ key: 'new', partition: 'third' }),
      ],
    );
    return allOf([
      isRow(await store.row(TABLE, 'key'), rowOf({ value: { number: 2 } })),
      hasNo('row that was deleted', await store.row(TABLE, 'deleted')),
      isRow(await store.row(TABLE, 'kept'), rowOf({ key: 'kept', value: { number: 4 } })),
      isSame(await keysOf(store), ['kept', 'key']),
      isSame(await keysOf(store, 'second'), ['moved']),
      isSame(await keysOf(store, 'third'), ['new']),
    ]);
  });
}

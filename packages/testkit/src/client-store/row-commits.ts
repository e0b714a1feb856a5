/** Commits of changes and rows: all of them together, or nothing. */
import { hasNo, isSame } from '../store/answers.ts';
import { markOf } from '../store/read-marks.ts';
import { identityChanges } from '../store/store-trial.ts';
import { allOf, isValue, verdict } from '../report/verdict.ts';
import {
  filledRows,
  isRefused,
  keysOf,
  put,
  remove,
  removePartition,
  rowOf,
  TABLE,
  type ClientStoreTrial,
} from './client-store-trial.ts';
import { isRow } from './same-row.ts';

export async function checkRowCommits({ contract, samples, people }: ClientStoreTrial): Promise<void> {
  const mark = markOf(people, 1);
  if (samples.reopen !== undefined)
    await contract.rule('reopen', 'rows that were committed are there after a restart', async () => {
      const row = rowOf({ bytes: Uint8Array.of(1, 2, 3) });
      const store = await filledRows(samples, [put(row), put({ key: 'other', order: 2 })]);
      return allOf([
        isRow(await store.row(TABLE, 'key'), row),
        isSame(await keysOf(store), ['key', 'other']),
        isValue(await store.count(TABLE, 'partition'), 2),
        isSame(await store.partitions(TABLE), ['partition']),
      ]);
    });
  await contract.rule('commit', 'changes and rows of a commit are kept together', async () => {
    const opened = await samples.open();
    await opened.commit([...identityChanges(people), { do: 'mark-read', mark }], [put()]);
    const store = (await samples.reopen?.(opened)) ?? opened;
    const members = await store.members(people.group);
    return allOf([
      isValue(await store.readState(mark), 'read'),
      isValue(members?.length, 2),
      isRow(await store.row(TABLE, 'key'), rowOf()),
    ]);
  });
  await contract.rule(
    'commit',
    'where a mark is there already, no row of the commit is kept, and none is gone',
    async () => {
      const kept = [rowOf(), rowOf({ key: 'alone', partition: 'second' })];
      const store = await filledRows(
        samples,
        kept.map((row) => put(row)),
      );
      await store.commit([{ do: 'mark-read', mark }]);
      const commit = async () =>
        store.commit(
          [{ do: 'mark-read', mark }],
          [put({ key: 'new' }), put({ value: { changed: true } }), remove('alone'), removePartition('partition')],
        );
      return allOf([
        await isRefused(commit, 'INPUT_REPLAY', 'a mark that is there'),
        ...(await Promise.all(kept.map(async (row) => isRow(await store.row(TABLE, row.key), row)))),
        isSame(await keysOf(store), ['key']),
        hasNo('row that was not kept', await store.row(TABLE, 'new')),
      ]);
    },
  );
  await contract.rule('commit', 'of commits at the same time, each is kept as a whole', async () => {
    const store = await samples.open();
    const numbers = Array.from({ length: 20 }, (_, index) => index);
    await Promise.all(
      numbers.map(async (order) =>
        store.commit([], [put({ key: `a${order}`, order }), put({ key: `b${order}`, order })]),
      ),
    );
    return isSame(
      await keysOf(store),
      numbers.flatMap((order) => [`a${order}`, `b${order}`]),
    );
  });
  await contract.rule('commit', 'a commit of nothing is one', async () => {
    const store = await filledRows(samples, [put()]);
    await store.commit([]);
    await store.commit([], []);
    return isValue(await store.count(TABLE, 'partition'), 1);
  });
  await contract.rule('commit', 'a thousand rows can be put and deleted in one commit', async () => {
    const numbers = Array.from({ length: 1000 }, (_, index) => index);
    const store = await filledRows(
      samples,
      numbers.map((order) => put({ key: `${order}`, order })),
    );
    const count = await store.count(TABLE, 'partition');
    await store.commit(
      [],
      numbers.slice(1).map((order) => remove(`${order}`)),
    );
    const left = await keysOf(store);
    return allOf([
      isValue(count, numbers.length),
      verdict(left.length === 1 && left[0] === '0', 'the row 0', `${left.length} rows`),
    ]);
  });
}

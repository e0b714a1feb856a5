/** Partitions: which there are, and how many rows each has. */
import { isSame } from '../store/answers.ts';
import { allOf, isValue } from '../report/verdict.ts';
import {
  filledRows,
  put,
  quoted,
  remove,
  removePartition,
  TABLE,
  type ClientStoreTrial,
} from './client-store-trial.ts';
import { NAMES } from './names.ts';

/** How many are listed at once. */
const AT_ONCE = 1000;

export async function checkPartitions({ contract, samples }: ClientStoreTrial): Promise<void> {
  await contract.rule('count', 'the rows of a partition are counted, and no others', async () => {
    const store = await filledRows(samples, [
      ...['1', '2', '3'].map((key) => put({ key })),
      put({ key: '4', partition: 'second' }),
      put({ key: '1', table: 'app-second' }),
    ]);
    await store.commit([], [put({ key: '1', order: 7 }), remove('2'), remove('2')]);
    return allOf([
      isValue(await store.count(TABLE, 'partition'), 2),
      isValue(await store.count(TABLE, 'second'), 1),
      isValue(await store.count('app-second', 'partition'), 1),
      isValue(await store.count('app-third', 'partition'), 0),
    ]);
  });
  await contract.rule('partitions', 'partitions come in the order of code units, each once', async () => {
    const store = await filledRows(
      samples,
      NAMES.flatMap((partition, index) => [
        put({ key: `${index}`, partition }),
        put({ key: `${index} again`, partition }),
      ]),
    );
    return isSame(quoted(await store.partitions(TABLE)), quoted([...NAMES].sort()));
  });
  await contract.rule('partitions', 'partitions without rows are none, however they became so', async () => {
    const store = await filledRows(samples, [
      put({ key: 'stays', partition: 'stays' }),
      put({ key: 'deleted', partition: 'deleted' }),
      put({ key: 'moved', partition: 'moved' }),
      put({ key: 'removed', partition: 'removed' }),
    ]);
    await store.commit([], [remove('deleted'), put({ key: 'moved', partition: 'stays' }), removePartition('removed')]);
    return isSame(await store.partitions(TABLE), ['stays']);
  });
  await contract.rule(
    'partitions',
    'a thousand partitions come at once, and the others after the last of them',
    async () => {
      const names = Array.from({ length: AT_ONCE + 5 }, (_, index) => `p${String(index).padStart(4, '0')}`);
      const store = await filledRows(
        samples,
        names.map((partition) => put({ key: partition, partition })),
      );
      const first = await store.partitions(TABLE);
      return allOf([
        isValue(first.length, AT_ONCE),
        isValue(first.at(-1), names[AT_ONCE - 1]),
        isSame(await store.partitions(TABLE, first.at(-1)), names.slice(AT_ONCE)),
        // Nobody's name.
        isSame(await store.partitions(TABLE, 'p10035'), names.slice(AT_ONCE + 4)),
        isValue((await store.partitions(TABLE, names.at(-1))).length, 0),
      ]);
    },
  );
}

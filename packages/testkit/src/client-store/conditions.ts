/** Rows that are wanted absent or present: what was before the commit decides, and of two at once one wins. */
import { isDimError } from 'dimp';
import type { RowChange } from 'dimsdk';
import { hasNo, isSame } from '../store/answers.ts';
import { markOf } from '../store/read-marks.ts';
import { errorForm } from '../report/short-form.ts';
import { allOf, firstOf, isValue, verdict } from '../report/verdict.ts';
import {
  filledRows,
  isRefused,
  keysOf,
  put,
  refusalOf,
  remove,
  removePartition,
  rowOf,
  TABLE,
} from './client-store-trial.ts';
import type { ClientStoreTrial } from './client-store-trial.ts';
import { isRow } from './same-row.ts';

/** Of one row that is there, `key`, and one that is not, `new`. */
const FAILING: readonly (readonly [what: string, changes: readonly RowChange[]])[] = [
  ['a row that is there, and is wanted absent', [put({}, 'absent')]],
  ['a row that is not there, and is wanted present', [put({ key: 'new' }, 'present')]],
  // What was before the commit counts, whatever the commit does.
  ['a row that the commit deletes, and wants absent', [remove('key'), put({}, 'absent')]],
  ['a row of a partition that the commit deletes, and wants absent', [removePartition('partition'), put({}, 'absent')]],
  ['a row that the commit puts, and wants present', [put({ key: 'new' }), put({ key: 'new' }, 'present')]],
  ['a row that is wanted both', [put({}, 'present'), put({}, 'absent')]],
  ['a row that is wanted in another partition, and is there', [put({ partition: 'second' }, 'absent')]],
];

const HOLDING: readonly (readonly [what: string, changes: readonly RowChange[]])[] = [
  ['a row that is not there, and is wanted absent', [put({ key: 'new' }, 'absent')]],
  ['a row that is there, and is wanted present', [put({ partition: 'second' }, 'present')]],
  ['a row that the commit puts, and wants absent', [put({ key: 'new' }), put({ key: 'new' }, 'absent')]],
  ['a row that the commit deletes, and wants present', [remove('key'), put({}, 'present')]],
  ['a row of another table', [put({ table: 'app-second' }, 'absent')]],
  ['a row in other letters', [put({ key: 'Key' }, 'absent')]],
];

export async function checkConditions({ contract, samples, people }: ClientStoreTrial): Promise<void> {
  const mark = markOf(people, 1);
  await contract.rule(
    'commit',
    'where a row is not as it is wanted, nothing of the commit is kept: STORE_CONFLICT',
    async () =>
      firstOf(FAILING, async ([what, changes]) => {
        const store = await filledRows(samples, [put(), put({ key: 'other' })]);
        const all = [put({ key: 'before' }), put({ key: 'other', value: {} }), ...changes, put({ key: 'after' })];
        return allOf([
          await isRefused(async () => store.commit([{ do: 'mark-read', mark }], all), 'STORE_CONFLICT', what),
          isSame(await keysOf(store), ['key', 'other']),
          isRow(await store.row(TABLE, 'key'), rowOf()),
          isRow(await store.row(TABLE, 'other'), rowOf({ key: 'other' })),
          hasNo('row in another partition', await store.rows(TABLE, 'second')),
          isValue(await store.readState(mark), 'new'),
        ]);
      }),
  );
  await contract.rule('commit', 'where a row is as it is wanted before the commit, all of it is kept', async () =>
    firstOf(HOLDING, async ([what, changes]) => {
      const store = await filledRows(samples, [put()]);
      const refusal = await refusalOf(async () => store.commit([], [...changes, put({ key: 'after' })]));
      const after = await store.row(TABLE, 'after');
      return verdict(
        refusal === undefined && after !== undefined && after !== null,
        `a commit of ${what}`,
        `${refusal === undefined ? 'nothing' : errorForm(refusal.error)} for ${what}`,
      );
    }),
  );
  await contract.rule('commit', 'of several commits at once that want a row absent, one is made', async () => {
    const store = await samples.open();
    const numbers = Array.from({ length: 8 }, (_, index) => index);
    const refusals = await Promise.all(
      numbers.map(async (number) => refusalOf(async () => store.commit([], [put({ value: { number } }, 'absent')]))),
    );
    const made = refusals.filter((refusal) => refusal === undefined).length;
    const other = refusals.find(
      (refusal) => refusal && !(isDimError(refusal.error) && refusal.error.code === 'STORE_CONFLICT'),
    );
    const winner = refusals.indexOf(undefined);
    return allOf([
      verdict(made === 1, 'one that is made', `${made} that are made`),
      verdict(other === undefined, 'a DimError STORE_CONFLICT', errorForm(other?.error)),
      isRow(await store.row(TABLE, 'key'), rowOf({ value: { number: winner } })),
    ]);
  });
}

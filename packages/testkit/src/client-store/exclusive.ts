/** Exclusive actions: one at a time, in the order in which they were asked for, whatever becomes of each. */
import type { ClientStore } from 'dimsdk';
import { isSame } from '../store/answers.ts';
import { errorForm } from '../report/short-form.ts';
import { allOf, isValue, verdict, type Verdict } from '../report/verdict.ts';
import { moment, put, refusalOf, soon, TABLE, type ClientStoreTrial } from './client-store-trial.ts';

export async function checkExclusive({ contract, samples }: ClientStoreTrial): Promise<void> {
  const where = 'exclusive';
  await contract.rule(where, 'an action gives what it gives', async () => {
    const store = await samples.open();
    return isValue(
      await soon(
        store.exclusive(async () => Promise.resolve('given')),
        'an action',
      ),
      'given',
    );
  });
  await contract.rule(where, 'actions run one at a time, in the order in which they were asked for', async () => {
    const store = await samples.open();
    const notes: string[] = [];
    const actions = [5, 0, 3, 1, 0].map(async (time, index) =>
      store.exclusive(async () => {
        notes.push(`begin ${index}`);
        await moment(time);
        notes.push(`end ${index}`);
      }),
    );
    await soon(Promise.all(actions), 'five actions');
    return isSame(
      notes,
      [0, 1, 2, 3, 4].flatMap((index) => [`begin ${index}`, `end ${index}`]),
    );
  });
  await contract.rule(where, 'what an action throws is thrown, and the next one runs', async () => {
    const store = await samples.open();
    const failures = [
      async () => Promise.reject(new RangeError('on purpose')),
      () => {
        throw new RangeError('on purpose');
      },
    ];
    const refusals = failures.map(async (action) => refusalOf(async () => soon(store.exclusive(action), 'an action')));
    const next = await soon(
      store.exclusive(async () => Promise.resolve('next')),
      'the action after one that failed',
    );
    const verdicts = (await Promise.all(refusals)).map((refusal) =>
      verdict(
        refusal?.error instanceof Error && refusal.error.message === 'on purpose',
        'what the action threw',
        refusal === undefined ? 'no error' : errorForm(refusal.error),
      ),
    );
    return allOf([...verdicts, isValue(next, 'next')]);
  });
  await contract.rule(where, 'an action may ask and commit, and others may meanwhile', async () => {
    const store = await samples.open();
    const action = store.exclusive(async () => {
      await store.commit([], [put()]);
      return store.count(TABLE, 'partition');
    });
    const other = Promise.resolve(store.commit([], [put({ key: 'other' })]));
    await soon(Promise.all([action, other]), 'an action that commits, and a commit beside it');
    return isValue(await store.count(TABLE, 'partition'), 2);
  });
  await contract.rule(where, 'of what is planned by what is kept, and committed inside, nothing is undone', async () =>
    counts([await samples.open()]),
  );
}

/** How often each handle counts. */
const TIMES = 10;

/** Counts in a row, by reading and writing it: two at once would take one for the other. */
export async function counts(stores: readonly ClientStore[]): Promise<Verdict> {
  const actions = Array.from({ length: TIMES }, () => stores)
    .flat()
    .map(async (store) =>
      store.exclusive(async () => {
        const before = (await store.row(TABLE, 'key'))?.value['count'] ?? 0;
        await moment();
        await store.commit([], [put({ value: { count: Number(before) + 1 } })]);
      }),
    );
  await soon(Promise.all(actions), `${actions.length} actions`);
  const kept = await Promise.all(stores.map(async (store) => (await store.row(TABLE, 'key'))?.value['count']));
  return allOf(kept.map((count) => isValue(count, actions.length)));
}

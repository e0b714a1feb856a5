/** Two handles of the same data, as two tabs or processes have: what one keeps, the other sees. */
import type { Change } from 'dimp';
import type { ClientStore } from 'dimsdk';
import { hasNo, isSame } from '../store/answers.ts';
import { markOf } from '../store/read-marks.ts';
import { readDocuments, readMeta } from '../store/read-back.ts';
import { identityChanges, nextPin } from '../store/store-trial.ts';
import { allOf, isValue, verdict } from '../report/verdict.ts';
import {
  isRefused,
  keysOf,
  moment,
  put,
  removePartition,
  rowOf,
  soon,
  TABLE,
  type ClientStoreTrial,
} from './client-store-trial.ts';
import { counts } from './exclusive.ts';
import { isRow } from './same-row.ts';

export async function checkHandles(trial: ClientStoreTrial): Promise<void> {
  const { contract, samples, people } = trial;
  const { dim } = samples;
  if (samples.openAgain === undefined) return;
  const where = 'openAgain';
  const both = async (): Promise<readonly [ClientStore, ClientStore]> => {
    const one = await samples.open();
    return [one, (await samples.openAgain?.(one)) ?? one];
  };
  const { alice, documents } = people;
  await contract.rule(where, 'what one handle keeps of an identity, and drops, the other sees', async () => {
    const [one, other] = await both();
    await one.commit(identityChanges(people));
    const first = await readMeta(dim, other, alice.id);
    const before = (await readDocuments(dim, other, alice.id)).length;
    const dropped = documents.slice(0, 1).map((document): Change => ({ do: 'drop-document', document }));
    await one.commit([await nextPin(trial), ...dropped]);
    const next = await readMeta(dim, other, alice.id);
    const after = (await readDocuments(dim, other, alice.id)).length;
    await one.commit([{ do: 'forget', id: alice.id }]);
    return allOf([
      isValue(first?.meta.fields['next'], undefined),
      isValue(before, documents.length),
      isValue(next?.meta.fields['next'], true),
      isValue(next?.isProven, false),
      isValue(after, documents.length - 1),
      hasNo('meta', await other.meta(alice.id)),
    ]);
  });
  await contract.rule(where, 'a mark of one handle is there for the other', async () => {
    const [one, other] = await both();
    const mark = markOf(people, 1);
    await one.commit([{ do: 'mark-read', mark }]);
    return allOf([
      isValue(await other.readState(mark), 'read'),
      await isRefused(
        async () => other.commit([{ do: 'mark-read', mark }]),
        'INPUT_REPLAY',
        'a mark of another handle',
      ),
    ]);
  });
  await contract.rule(where, 'rows that one handle puts and deletes, the other sees', async () => {
    const [one, other] = await both();
    await one.commit([], [put(), put({ key: 'other' })]);
    const seen = await keysOf(other);
    const conflict = await isRefused(
      async () => other.commit([], [put({}, 'absent')]),
      'STORE_CONFLICT',
      'a row of another handle',
    );
    await other.commit([], [put({ value: { changed: true } })]);
    const changed = isRow(await one.row(TABLE, 'key'), rowOf({ value: { changed: true } }));
    await one.commit([], [removePartition('partition')]);
    return allOf([
      isSame(seen, ['key', 'other']),
      conflict,
      changed,
      isValue(await other.count(TABLE, 'partition'), 0),
    ]);
  });
  await contract.rule(where, 'actions of two handles run one at a time', async () => {
    const [one, other] = await both();
    let running = 0;
    let most = 0;
    const actions = [one, other, one, other, other, one].map(async (store) =>
      store.exclusive(async () => {
        most = Math.max(most, ++running);
        await moment(2);
        running--;
      }),
    );
    await soon(Promise.all(actions), 'six actions');
    return verdict(most === 1, 'one at a time', `${most} at once`);
  });
  await contract.rule(where, 'of what two handles plan by what is kept, nothing is undone', async () =>
    counts(await both()),
  );
  await contract.rule(where, 'a handle that was closed leaves the other one as it is', async () => {
    const [one, other] = await both();
    await one.commit([], [put()]);
    await one.close();
    await other.commit([], [put({ key: 'other' })]);
    await soon(
      other.exclusive(async () => Promise.resolve()),
      'an action',
    );
    return isSame(await keysOf(other), ['key', 'other']);
  });
}

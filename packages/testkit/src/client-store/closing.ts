/** Closing: what was begun ends first, and what comes later is refused. */
import type { Row } from 'dimsdk';
import { markOf } from '../store/read-marks.ts';
import { allOf, firstOf, isValue, verdict } from '../report/verdict.ts';
import { isRefused, keysOf, moment, put, soon, TABLE, type ClientStoreTrial } from './client-store-trial.ts';
import type { ClientStore } from 'dimsdk';

export async function checkClosing({ contract, samples, people }: ClientStoreTrial): Promise<void> {
  const { alice, bob, group } = people;
  const direction = { sender: alice.id, destination: bob.id };
  const calls: readonly (readonly [name: string, call: (store: ClientStore) => unknown])[] = [
    ['meta', (store) => store.meta(alice.id)],
    ['documents', (store) => store.documents(alice.id)],
    ['keys', (store) => store.keys(alice.id)],
    ['members', (store) => store.members(group)],
    ['messageKeys', (store) => store.messageKeys(direction, 'send')],
    ['readState', (store) => store.readState(markOf(people, 1))],
    ['commit', (store) => store.commit([], [put()])],
    ['row', (store) => store.row(TABLE, 'key')],
    ['rows', (store) => store.rows(TABLE, 'partition')],
    ['count', (store) => store.count(TABLE, 'partition')],
    ['partitions', (store) => store.partitions(TABLE)],
    ['exclusive', (store) => store.exclusive(async () => Promise.resolve())],
  ];
  await contract.rule('close', 'what is asked of a closed store fails with STORE_CLOSED', async () => {
    const store = await samples.open();
    await store.commit([], [put()]);
    await soon(Promise.resolve(store.close()), 'closing');
    return firstOf(calls, async ([name, call]) => isRefused(() => call(store), 'STORE_CLOSED', name));
  });
  await contract.rule('close', 'closing again does nothing', async () => {
    const store = await samples.open();
    await soon(Promise.all([store.close(), store.close()]), 'closing twice');
    const again = Promise.resolve(store.close()).then(() => true);
    return isValue(await soon(again, 'closing again'), true);
  });
  await contract.rule(
    'close',
    'actions that were asked for end first, with what they commit; later ones are refused',
    async () => {
      const store = await samples.open();
      const notes: string[] = [];
      const seen: (readonly Row[])[] = [];
      const actions = ['first', 'second'].map(async (key) =>
        store.exclusive(async () => {
          await moment(2);
          await store.commit([], [put({ key })]);
          seen.push(await store.rows(TABLE, 'partition'));
          notes.push(key);
        }),
      );
      const closed = Promise.resolve(store.close()).then(() => notes.push('closed'));
      // All at once: what one of them fails with is told, and of the others nobody hears.
      const [later] = await soon(
        Promise.all([
          isRefused(
            async () => store.exclusive(async () => Promise.resolve()),
            'STORE_CLOSED',
            'an action that is asked for later',
          ),
          closed,
          ...actions,
        ]),
        'closing',
      );
      return allOf([
        later,
        verdict(notes.join() === 'first,second,closed', 'first, second, closed', notes.join(', ')),
        isValue(seen.at(-1)?.length, 2),
      ]);
    },
  );
  await contract.rule('close', 'a commit that was begun is made', async () => {
    const store = await samples.open();
    const kept = Promise.resolve(store.commit([], [put()]));
    const closed = store.close();
    await soon(Promise.all([kept, closed]), 'a commit, and closing');
    if (samples.reopen === undefined) return true;
    const again = await samples.reopen(store);
    return isValue((await keysOf(again)).length, 1);
  });
}

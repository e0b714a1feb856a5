/** A commit that fails: nothing of it is kept. */
import type { Change } from 'dimp';
import { allOf, isValue, verdict } from '../report/verdict.ts';
import { hasNo, outcomes } from './answers.ts';
import { markOf } from './read-marks.ts';
import { filled, identityChanges, type StoreTrial } from './store-trial.ts';

export async function checkAtomicity({ contract, samples, people }: StoreTrial): Promise<void> {
  const { alice, group } = people;
  const mark = markOf(people, 1);
  await contract.rule(
    'commit',
    'of a commit that fails nothing is kept, whatever stands before and after',
    async () => {
      const store = await filled(samples, [{ do: 'mark-read', mark }]);
      const before = markOf(people, 2);
      const all: readonly Change[] = [
        { do: 'mark-read', mark: before },
        ...identityChanges(people),
        { do: 'mark-read', mark },
        { do: 'set-members', group, members: [alice.id] },
      ];
      const { made } = await outcomes(store, [all]);
      return allOf([
        verdict(made === 0, 'a commit that fails: its mark is there already', 'one that is made'),
        hasNo('meta', await store.meta(alice.id)),
        hasNo('documents', await store.documents(alice.id)),
        hasNo('private keys', await store.keys(alice.id)),
        hasNo('members', await store.members(group)),
        isValue(await store.readState(before), 'new'),
      ]);
    },
  );
  await contract.rule('commit', 'a commit that makes one mark twice fails as a whole', async () => {
    const store = await samples.open();
    const twice: readonly Change[] = [{ do: 'mark-read', mark }, ...identityChanges(people), { do: 'mark-read', mark }];
    const { made, faults } = await outcomes(store, [twice]);
    return allOf([
      verdict(made === 0, 'a commit that fails: it makes a mark twice', 'one that is made'),
      ...faults,
      hasNo('meta', await store.meta(alice.id)),
      isValue(await store.readState(mark), 'new'),
    ]);
  });
}

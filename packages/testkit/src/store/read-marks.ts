/** Read marks: a message is read once, by each of its readers, also where two ask at the same time. */
import type { Change, ReadMark, Store } from 'dimp';
import { encodeBase64 } from 'dimp/extend';
import { shortForm } from '../report/short-form.ts';
import { allOf, verdict, type Verdict } from '../report/verdict.ts';
import { outcomes } from './answers.ts';
import { filled, inOtherCase, otherCaseOf, type People, type StoreTrial } from './store-trial.ts';

/** A mark that Bob has read a message of Alice. */
export function markOf({ alice, bob }: People, number: number): ReadMark {
  const hash = Uint8Array.from({ length: 16 }, (_, index) => (number * 37 + index * 11) & 0xff);
  return { reader: bob.id, sender: alice.id, id: encodeBase64(hash), time: 1_700_000_000 };
}

export async function checkReadMarks({ contract, samples, people }: StoreTrial): Promise<void> {
  const mark = markOf(people, 1);
  const marked: Change = { do: 'mark-read', mark };
  await contract.rule('readState', 'what was read is known as read, for its reader and no other', async () => {
    const store = await filled(samples, [marked]);
    return allOf([
      await stateIs('new', await samples.open(), mark, 'in an empty store'),
      await stateIs('read', store, mark, 'for what was read'),
      await stateIs('new', store, markOf(people, 2), 'for another message'),
      await stateIs('new', store, { ...mark, reader: people.group }, 'for another reader'),
      await stateIs('new', store, { ...mark, sender: people.bob.id }, 'for another sender'),
    ]);
  });
  await contract.rule('readState', 'read marks differ in each letter', async () => {
    const others = [
      { ...mark, id: inOtherCase(mark.id) },
      { ...mark, sender: otherCaseOf(samples, mark.sender) },
    ];
    const store = await filled(samples, [marked]);
    const found = await Promise.all(others.map(async (other) => stateIs('new', store, other, 'in other letters')));
    // Each is made, where the index does not take it for the first.
    await store.commit(others.map((other): Change => ({ do: 'mark-read', mark: other })));
    return allOf(found);
  });
  await contract.rule('commit', 'a mark is made once: the second commit fails with INPUT_REPLAY', async () => {
    const { made, faults } = await outcomes(await filled(samples, [marked]), [[marked]]);
    return allOf([verdict(made === 0, 'a DimError INPUT_REPLAY', 'a second mark'), ...faults]);
  });
  await contract.rule(
    'commit',
    'of several commits at once with one mark, one is made, and the others are INPUT_REPLAY',
    async () => {
      const commits = Array.from({ length: 8 }, () => [marked]);
      const { made, faults } = await outcomes(await samples.open(), commits);
      return allOf([verdict(made === 1, 'one that is made', `${made} that are made`), ...faults]);
    },
  );
  await contract.rule('commit', 'commits at the same time are all kept', async () => {
    const store = await samples.open();
    const marks = Array.from({ length: 20 }, (_, index) => markOf(people, index + 1));
    await Promise.all(marks.map(async (each) => store.commit([{ do: 'mark-read', mark: each }])));
    const states = await Promise.all(marks.map(async (each) => store.readState(each)));
    const kept = states.filter((state) => state === 'read').length;
    return verdict(kept === marks.length, `${marks.length} marks`, `${kept}`);
  });
}

async function stateIs(wanted: 'new' | 'read', store: Store, mark: ReadMark, what: string): Promise<Verdict> {
  const state: unknown = await store.readState(mark);
  return verdict(state === wanted, `"${wanted}" ${what}`, `${shortForm(state)} ${what}`);
}

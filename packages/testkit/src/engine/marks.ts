/** Marks: what is in a box already is kept once. */
import { isSame } from '../store/answers.ts';
import { allOf, isValue } from '../report/verdict.ts';
import {
  areCounts,
  BOX,
  inShort,
  keep,
  OTHER,
  positionOf,
  posting,
  restarted,
  ROOM,
  TABLET,
  textsIn,
  type EngineTrial,
} from './engine-trial.ts';

export async function checkMarks({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('append', 'what has the mark of a message in the box is known, at its position', async () => {
    const opened = await samples.open();
    const [first] = await keep(opened, posting('a'), posting('b'));
    const engine = await restarted(samples, opened);
    const [again] = await keep(engine, posting('a'));
    return allOf([
      isValue(again?.is, 'known'),
      isValue(positionOf(again), positionOf(first)),
      isSame(await textsIn(engine), ['a', 'b']),
      areCounts('in all', await engine.mailbox.total(), 2, 2),
    ]);
  });
  await contract.rule('append', 'a mark that comes twice in one call is known the second time', async () => {
    const engine = await samples.open();
    const outcomes = await engine.mailbox.append(
      [posting('a'), posting('a'), posting('b', { boxes: [BOX, BOX] })],
      ROOM,
    );
    return allOf([
      isSame(inShort(outcomes.flat()), ['kept', 'known', 'kept', 'known']),
      isSame(await textsIn(engine), ['a', 'b']),
      isValue(positionOf(outcomes[1]?.[0]), positionOf(outcomes[0]?.[0])),
    ]);
  });
  await contract.rule('append', 'a mark that is known in one box is new in another', async () => {
    const engine = await samples.open();
    const outcomes = await keep(
      engine,
      posting('a', { boxes: [TABLET] }),
      posting('a', { boxes: [BOX, TABLET, OTHER] }),
    );
    return allOf([
      isSame(inShort(outcomes), ['kept', 'kept', 'known', 'kept']),
      isSame(await textsIn(engine), ['a']),
      isSame(await textsIn(engine, TABLET), ['a']),
      isSame(await textsIn(engine, OTHER), ['a']),
    ]);
  });
  await contract.rule('append', 'a mark is new again when its message was removed', async () => {
    const engine = await samples.open();
    const [first] = await keep(engine, posting('a'));
    await engine.mailbox.acknowledge([{ box: BOX, positions: [positionOf(first)] }]);
    return allOf([isSame(inShort(await keep(engine, posting('a'))), ['kept']), isSame(await textsIn(engine), ['a'])]);
  });
}

/** How much may wait for one user. */
import { isSame } from '../store/answers.ts';
import { allOf } from '../report/verdict.ts';
import {
  areCounts,
  BOX,
  inShort,
  keep,
  OTHER,
  positionOf,
  posting,
  ROOM,
  TABLET,
  textsIn,
  type EngineTrial,
} from './engine-trial.ts';

export async function checkLimits({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('append', 'no more messages wait for a user than may, in all boxes together', async () => {
    const engine = await samples.open();
    const limits = { ...ROOM, messages: 3 };
    const boxes = [BOX, TABLET, BOX, TABLET].map((box) => [box]);
    const outcomes = await engine.mailbox.append(
      boxes.map((each, index) => posting(String(index), { boxes: each })),
      limits,
    );
    const later = await engine.mailbox.append([posting('later'), posting('other', { boxes: [OTHER] })], limits);
    return allOf([
      isSame(inShort(outcomes.flat()), ['kept', 'kept', 'kept', 'full']),
      isSame(inShort(later.flat()), ['full', 'kept']),
      isSame(await textsIn(engine), ['0', '2']),
      isSame(await textsIn(engine, TABLET), ['1']),
    ]);
  });
  await contract.rule('append', 'no more bytes wait for a user than may, counted once a box', async () => {
    const engine = await samples.open();
    const limits = { ...ROOM, bytes: 10 };
    const outcomes = await engine.mailbox.append(
      [
        posting('four', { boxes: [BOX, TABLET] }),
        posting('one, and more', { boxes: [OTHER] }),
        posting('now ten of', { boxes: [OTHER] }),
        posting('xyz'),
        posting('xy'),
        posting('z'),
      ],
      limits,
    );
    return allOf([
      isSame(inShort(outcomes.flat()), ['kept', 'kept', 'full', 'kept', 'full', 'kept', 'full']),
      isSame(await textsIn(engine), ['four', 'xy']),
      isSame(await textsIn(engine, OTHER), ['now ten of']),
    ]);
  });
  await contract.rule('append', 'one box of a posting may be full, and others not', async () => {
    const engine = await samples.open();
    await keep(engine, posting('first'));
    const limits = { ...ROOM, messages: 1 };
    const [outcomes = []] = await engine.mailbox.append([posting('shared', { boxes: [BOX, OTHER] })], limits);
    return allOf([
      isSame(inShort(outcomes), ['full', 'kept']),
      isSame(await textsIn(engine), ['first']),
      isSame(await textsIn(engine, OTHER), ['shared']),
      areCounts('in all', await engine.mailbox.total(), 2, 11),
    ]);
  });
  await contract.rule('append', 'what is known needs no room, and what was removed makes some', async () => {
    const engine = await samples.open();
    const limits = { messages: 1, bytes: 5 };
    const [[first] = []] = await engine.mailbox.append([posting('first')], limits);
    const known = await engine.mailbox.append([posting('first')], limits);
    await engine.mailbox.acknowledge([{ box: BOX, positions: [positionOf(first)] }]);
    const next = await engine.mailbox.append([posting('other', { boxes: [TABLET] })], limits);
    return isSame(inShort([...known.flat(), ...next.flat()]), ['known', 'kept']);
  });
}

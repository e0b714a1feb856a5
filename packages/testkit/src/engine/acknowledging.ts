/** Removing what need not be kept any longer. */
import { isSame } from '../store/answers.ts';
import { allOf } from '../report/verdict.ts';
import { areCounts, BOX, keep, OTHER, positionOf, posting, TABLET, textsIn, type EngineTrial } from './engine-trial.ts';

export async function checkAcknowledging({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('acknowledge', 'what is acknowledged is gone, in any order, and nothing else', async () => {
    const engine = await samples.open();
    const positions = (await keep(engine, ...['a', 'b', 'c', 'd'].map((text) => posting(text)))).map((outcome) =>
      positionOf(outcome),
    );
    const [other] = await keep(engine, posting('other', { boxes: [OTHER] }));
    await engine.mailbox.acknowledge([
      { box: BOX, positions: [positions[2] ?? 0, positions[0] ?? 0] },
      { box: OTHER, positions: [positionOf(other)] },
    ]);
    return allOf([
      isSame(await textsIn(engine), ['b', 'd']),
      isSame(await textsIn(engine, OTHER), []),
      areCounts('in all', await engine.mailbox.total(), 2, 2),
    ]);
  });
  await contract.rule(
    'acknowledge',
    'a message in several boxes is removed in one, and stays in the others',
    async () => {
      const engine = await samples.open();
      const [inBox, inTablet] = await keep(engine, posting('shared', { boxes: [BOX, TABLET, OTHER] }));
      await engine.mailbox.acknowledge([{ box: BOX, positions: [positionOf(inBox)] }]);
      const after = [await textsIn(engine), await textsIn(engine, TABLET), await textsIn(engine, OTHER)];
      await engine.mailbox.acknowledge([{ box: TABLET, positions: [positionOf(inTablet)] }]);
      return allOf([
        isSame(after.flat(), ['shared', 'shared']),
        isSame(await textsIn(engine, OTHER), ['shared']),
        areCounts('in all', await engine.mailbox.total(), 1, 6),
      ]);
    },
  );
  await contract.rule(
    'acknowledge',
    'positions of which there is nothing are no error, and change nothing',
    async () => {
      const engine = await samples.open();
      const [first, second] = await keep(engine, posting('a'), posting('b'));
      const [shared] = await keep(engine, posting('shared', { boxes: [OTHER, TABLET] }));
      const position = positionOf(first);
      await engine.mailbox.acknowledge([{ box: BOX, positions: [position, position] }]);
      await engine.mailbox.acknowledge([{ box: BOX, positions: [position, 1_000_000, 0, -1] }]);
      // Of another box, and of none.
      await engine.mailbox.acknowledge([
        { box: BOX, positions: [positionOf(shared)].filter((each) => each !== positionOf(second)) },
        { box: { user: 'nobody', terminal: '' }, positions: [positionOf(second)] },
        { box: BOX, positions: [] },
      ]);
      await engine.mailbox.acknowledge([]);
      return allOf([
        isSame(await textsIn(engine), ['b']),
        isSame(await textsIn(engine, OTHER), ['shared']),
        areCounts('in all', await engine.mailbox.total(), 3, 13),
      ]);
    },
  );
}

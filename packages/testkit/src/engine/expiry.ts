/** Removing what is too old. */
import { isSame } from '../store/answers.ts';
import { allOf, isValue } from '../report/verdict.ts';
import {
  areCounts,
  BOX,
  inShort,
  keep,
  NOON,
  numbered,
  OTHER,
  posting,
  ROOM,
  TABLET,
  textsIn,
  type EngineTrial,
} from './engine-trial.ts';

/** More than an engine removes at once. */
const MANY = 2000;

export async function checkExpiry({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('expire', 'what came before a time is gone, and what came then or later stays', async () => {
    const engine = await samples.open();
    const at = (text: string, keptAt: number) => posting(text, { keptAt, boxes: [BOX] });
    await keep(engine, at('then', NOON), at('before', NOON - 0.5), at('long before', 0), at('later', NOON + 1));
    await keep(engine, posting('other', { keptAt: NOON - 1, boxes: [OTHER] }));
    const count = await engine.mailbox.expire(NOON);
    return allOf([
      isValue(count, 3),
      isSame(await textsIn(engine), ['then', 'later']),
      isSame(await textsIn(engine, OTHER), []),
      isValue(await engine.mailbox.expire(NOON), 0),
      isSame(inShort(await keep(engine, at('before', NOON))), ['kept']),
    ]);
  });
  await contract.rule('expire', 'a message in several boxes is gone in all, and counted in each', async () => {
    const engine = await samples.open();
    await keep(engine, posting('shared', { boxes: [BOX, TABLET, OTHER], keptAt: 1 }), posting('new'));
    const count = await engine.mailbox.expire(NOON);
    return allOf([
      isValue(count, 3),
      isSame(
        [...(await textsIn(engine)), ...(await textsIn(engine, TABLET)), ...(await textsIn(engine, OTHER))],
        ['new'],
      ),
      areCounts('in all', await engine.mailbox.total(), 1, 3),
    ]);
  });
  await contract.rule('expire', 'however many there are, all of them are removed in one call', async () => {
    const engine = await samples.open();
    await engine.mailbox.append(
      numbered(MANY).map((text) => posting(text, { keptAt: 1 })),
      ROOM,
    );
    await keep(engine, posting('new'));
    return allOf([isValue(await engine.mailbox.expire(NOON), MANY), isSame(await textsIn(engine), ['new'])]);
  });
}

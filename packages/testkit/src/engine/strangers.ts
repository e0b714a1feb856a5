/** How much may wait for one user of strangers, all of them together. */
import type { Engine, Posting } from 'dimstation';
import { isSame } from '../store/answers.ts';
import { allOf } from '../report/verdict.ts';
import {
  BOX,
  inShort,
  NOON,
  OTHER,
  positionOf,
  posting,
  restarted,
  ROOM,
  TABLET,
  type EngineTrial,
} from './engine-trial.ts';

/** A message of somebody else each time. */
function ofStranger(text: string, parts: Partial<Posting> = {}): Posting {
  return posting(text, { sender: `sender of ${text}`, isFromStranger: true, ...parts });
}

export async function checkStrangers({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule(
    'append',
    'of all strangers together no more messages wait for a user than their part, in all boxes, and others have the rest',
    async () => {
      const limits = { ...ROOM, messages: 5, strangersPart: 0.5 };
      const put = async (engine: Engine, ...postings: readonly Posting[]) =>
        inShort((await engine.mailbox.append(postings, limits)).flat());
      const opened = await samples.open();
      const first = await put(opened, ofStranger('1'), ofStranger('2', { boxes: [TABLET] }));
      const engine = await restarted(samples, opened);
      // Where a part is no whole number, it is the next one.
      const then = await put(engine, ofStranger('3'), ofStranger('4'), ofStranger('5', { boxes: [TABLET, OTHER] }));
      const others = await put(engine, posting('6'), ofStranger('7'), posting('8'), posting('9'));
      return allOf([
        isSame([...first, ...then], ['kept', 'kept', 'kept', 'full', 'full', 'kept']),
        isSame(others, ['kept', 'full', 'kept', 'full']),
      ]);
    },
  );
  await contract.rule('append', 'of all strangers together no more bytes wait for a user than their part', async () => {
    const engine = await samples.open();
    const limits = { ...ROOM, bytes: 100, strangersPart: 0.5, senderShare: 0.5 };
    const of = (text: string, size: number, isFromStranger = true) =>
      ofStranger(text, { bytes: new Uint8Array(size), isFromStranger });
    const outcomes = await engine.mailbox.append(
      // Of 50, half; of 25, half; and of those who are no strangers, half of 63.
      [of('1', 26), of('2', 25), of('3', 13), of('4', 12), of('5', 32, false), of('6', 31, false)],
      limits,
    );
    return isSame(inShort(outcomes.flat()), ['full', 'kept', 'full', 'kept', 'full', 'kept']);
  });
  await contract.rule('append', 'what is removed of strangers makes room for others of them', async () => {
    const opened = await samples.open();
    const limits = { ...ROOM, messages: 4, strangersPart: 0.5 };
    const put = async (engine: Engine, text: string, keptAt = NOON) =>
      (await engine.mailbox.append([ofStranger(text, { keptAt })], limits)).flat();
    const first = [...(await put(opened, '1')), ...(await put(opened, '2', NOON - 1)), ...(await put(opened, '3'))];
    await opened.mailbox.acknowledge([{ box: BOX, positions: [positionOf(first[0])] }]);
    const second = [...(await put(opened, '4')), ...(await put(opened, '5'))];
    const engine = await restarted(samples, opened);
    await engine.mailbox.expire(NOON);
    const third = [...(await put(engine, '6')), ...(await put(engine, '7'))];
    return isSame(inShort([...first, ...second, ...third]), ['kept', 'kept', 'full', 'kept', 'full', 'kept', 'full']);
  });
  await contract.rule(
    'append',
    'who was a stranger and is none any more has the room of those who are none',
    async () => {
      const engine = await samples.open();
      const limits = { ...ROOM, messages: 4, strangersPart: 0.5, senderShare: 1 };
      const outcomes = await engine.mailbox.append(
        ['1', '2', '3', '4'].map((text, index) => posting(text, { isFromStranger: index < 2 })),
        limits,
      );
      return isSame(inShort(outcomes.flat()), ['kept', 'full', 'kept', 'kept']);
    },
  );
}

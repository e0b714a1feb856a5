/** Restarts: what was done stays done. */
import { isSame } from '../store/answers.ts';
import { allOf, isValue } from '../report/verdict.ts';
import {
  areCounts,
  BOX,
  inShort,
  keep,
  messagesIn,
  NOON,
  positionOf,
  posting,
  restarted,
  ROOM,
  TABLET,
  textsIn,
  type EngineTrial,
} from './engine-trial.ts';

export async function checkRestart({ contract, samples }: EngineTrial): Promise<void> {
  if (samples.reopen === undefined) return;
  await contract.rule('reopen', 'messages that were kept or removed are so after a restart', async () => {
    const opened = await samples.open();
    const [first] = await keep(opened, posting('gone'), posting('stays', { boxes: [BOX, TABLET] }));
    await keep(opened, posting('old', { keptAt: 1 }));
    await opened.mailbox.acknowledge([{ box: BOX, positions: [positionOf(first)] }]);
    await opened.mailbox.expire(NOON);
    const before = await messagesIn(opened);
    const engine = await restarted(samples, opened);
    const after = await messagesIn(engine);
    const place = (each: typeof before): readonly string[] =>
      each.map(({ position, keptAt }) => `${position} ${keptAt}`);
    return allOf([
      isSame(await textsIn(engine), ['stays']),
      isSame(place(after), place(before)),
      areCounts('in all', await engine.mailbox.total(), 2, 10),
      isSame(inShort((await engine.mailbox.append([posting('more')], { ...ROOM, messages: 2 })).flat()), ['full']),
    ]);
  });
  await contract.rule('reopen', 'records that were written or removed are so after a restart', async () => {
    const opened = await samples.open();
    const put = (key: string) => ({ table: 'table', key, value: { of: key }, writtenAt: NOON });
    await opened.records.write(['a', 'b', 'c'].map((key) => put(key)));
    await opened.records.write([{ ...put('a'), value: undefined }]);
    const { records } = await restarted(samples, opened);
    const listed = await records.list('table', '', 10);
    return allOf([
      isSame(
        listed.map(({ key, value, writtenAt }) => `${key} ${JSON.stringify(value)} ${writtenAt}`),
        ['b', 'c'].map((key) => `${key} {"of":"${key}"} ${NOON}`),
      ),
      isValue(await records.count('table'), 2),
    ]);
  });
}

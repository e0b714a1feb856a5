/** Messages in their order, and positions. */
import { isSame } from '../store/answers.ts';
import { allOf, isValue, verdict } from '../report/verdict.ts';
import {
  areCounts,
  bytesOf,
  inShort,
  keep,
  messagesIn,
  NOON,
  numbered,
  OTHER,
  positionOf,
  posting,
  restarted,
  ROOM,
  TABLET,
  textOf,
  textsIn,
  BOX,
  type EngineTrial,
} from './engine-trial.ts';

export async function checkOrder({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('mailbox', 'an empty mailbox has nothing to read, and counts of 0', async () => {
    const { mailbox } = await samples.open();
    const total = await mailbox.total();
    return allOf([
      isValue((await mailbox.read(BOX, 0, ROOM)).length, 0),
      isValue((await mailbox.usage(BOX.user)).length, 0),
      isValue((await mailbox.fullest(10)).length, 0),
      isValue(total.boxes, 0),
      areCounts('in all', total, 0, 0),
    ]);
  });
  await contract.rule('append', 'messages are read in the order in which they came, with bytes and times', async () => {
    const engine = await samples.open();
    const texts = numbered(30);
    // The clock of a machine may be set back.
    const postings = texts.map((text, index) => posting(text, { keptAt: NOON - index + 0.5 }));
    await engine.mailbox.append(postings.slice(0, 10), ROOM);
    await keep(engine, ...postings.slice(10));
    const messages = await messagesIn(engine);
    return allOf([
      isSame(messages.map(textOf), texts),
      isSame(
        messages.map(({ keptAt }) => String(keptAt)),
        postings.map(({ keptAt }) => String(keptAt)),
      ),
    ]);
  });
  await contract.rule(
    'append',
    'positions are whole numbers above 0 that rise, and reading tells the same ones',
    async () => {
      const engine = await samples.open();
      const [first = []] = await engine.mailbox.append([posting('a')], ROOM);
      const more = (
        await engine.mailbox.append(
          ['b', 'c'].map((text) => posting(text)),
          ROOM,
        )
      ).flat();
      const told = [...first, ...more].map((outcome) => positionOf(outcome));
      const read = (await messagesIn(engine)).map(({ position }) => position);
      return allOf([
        isSame(read.map(String), told.map(String)),
        verdict(
          told.every((position, index) => Number.isSafeInteger(position) && position > (told[index - 1] ?? 0)),
          'rising positions',
          told.join(', '),
        ),
      ]);
    },
  );
  await contract.rule('append', 'a position is never used again, also when everything was removed', async () => {
    const opened = await samples.open();
    const before = (await keep(opened, posting('a'), posting('b'))).map((outcome) => positionOf(outcome));
    await opened.mailbox.acknowledge([{ box: BOX, positions: before }]);
    const engine = await restarted(samples, opened);
    const [after] = (await keep(engine, posting('c'))).map((outcome) => positionOf(outcome));
    const last = Math.max(...before);
    return verdict(after !== undefined && after > last, `a position above ${last}`, String(after));
  });
  await contract.rule('append', 'a message in several boxes is in each of them', async () => {
    const engine = await samples.open();
    const boxes = [BOX, TABLET, OTHER];
    const outcomes = await keep(engine, posting('first'), posting('shared', { boxes }), posting('last'));
    return allOf([
      isSame(inShort(outcomes), ['kept', 'kept', 'kept', 'kept', 'kept']),
      isSame(await textsIn(engine), ['first', 'shared', 'last']),
      isSame(await textsIn(engine, TABLET), ['shared']),
      isSame(await textsIn(engine, OTHER), ['shared']),
    ]);
  });
  await contract.rule('append', 'a posting without boxes, and a call without postings, keep nothing', async () => {
    const { mailbox } = await samples.open();
    const outcomes = await mailbox.append([posting('nowhere', { boxes: [] })], ROOM);
    return allOf([
      isValue(outcomes.length, 1),
      isValue(outcomes[0]?.length, 0),
      isValue((await mailbox.append([], ROOM)).length, 0),
      areCounts('in all', await mailbox.total(), 0, 0),
    ]);
  });
  await contract.rule('append', 'messages of no bytes, and of several megabytes, come back', async () => {
    const engine = await samples.open();
    const large = new Uint8Array(4 * 1024 * 1024);
    for (let index = 0; index < large.length; index++) large[index] = (index * 31) >> 3;
    const part = bytesOf('not this, this, nor this').subarray(10, 14);
    await keep(engine, ...[new Uint8Array(), large, part].map((bytes, index) => posting(String(index), { bytes })));
    const read = (await messagesIn(engine)).map(({ bytes }) => bytes);
    return allOf([
      isSame(
        read.map(({ length }) => String(length)),
        ['0', String(large.length), '4'],
      ),
      verdict(read[1]?.every((byte, index) => byte === large[index]) === true, 'large bytes, as they were', 'others'),
      isValue(new TextDecoder().decode(read[2]), 'this'),
    ]);
  });
}

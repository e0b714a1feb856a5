/** How much may wait for one user. */
import type { Engine } from 'dimstation';
import { isSame } from '../store/answers.ts';
import { allOf } from '../report/verdict.ts';
import {
  areCounts,
  BOX,
  inShort,
  keep,
  NOON,
  OTHER,
  positionOf,
  posting,
  restarted,
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
  await contract.rule(
    'append',
    'of one sender no more messages wait for a user than a share of what is free, in all boxes together',
    async () => {
      const opened = await samples.open();
      const limits = { ...ROOM, messages: 10, senderShare: 1 };
      const from = (sender: string, count: number) =>
        Array.from({ length: count }, (_, index) =>
          posting(`${sender} ${index}`, { sender, boxes: [index % 2 === 0 ? BOX : TABLET] }),
        );
      const kept = async (engine: Engine, sender: string) =>
        inShort((await engine.mailbox.append(from(sender, 8), limits)).flat()).filter((is) => is === 'kept').length;
      const first = await kept(opened, 'a');
      const engine = await restarted(samples, opened);
      const others = [
        await kept(engine, 'a'),
        await kept(engine, 'b'),
        await kept(engine, 'c'),
        await kept(engine, ''),
      ];
      const other = await engine.mailbox.append([posting('other', { sender: 'a', boxes: [OTHER] })], limits);
      return allOf([
        isSame([first, ...others].map(String), ['5', '0', '3', '1', '1']),
        isSame(inShort(other.flat()), ['kept']),
        areCounts('in all', await engine.mailbox.total(), 11, 34),
      ]);
    },
  );
  await contract.rule(
    'append',
    'of one sender no more bytes wait for a user than a share of what is free',
    async () => {
      const engine = await samples.open();
      const limits = { ...ROOM, bytes: 100, senderShare: 0.5 };
      const of = (sender: string, size: number, text: string) =>
        posting(text, { sender, bytes: new Uint8Array(size), boxes: [BOX] });
      const outcomes = await engine.mailbox.append(
        [of('a', 20, '1'), of('a', 25, '2'), of('a', 15, '3'), of('b', 32, '4'), of('b', 33, '5'), of('b', 0, '6')],
        limits,
      );
      // Of 100, half; of 80, half, and 20 are there; of 80 again; of 65, half.
      return isSame(inShort(outcomes.flat()), ['kept', 'full', 'kept', 'kept', 'full', 'kept']);
    },
  );
  await contract.rule('append', 'what is removed makes room for its sender', async () => {
    const engine = await samples.open();
    const limits = { ...ROOM, messages: 4, senderShare: 1 };
    const put = async (text: string, keptAt = NOON) =>
      (await engine.mailbox.append([posting(text, { keptAt })], limits)).flat();
    const first = [...(await put('1')), ...(await put('2', NOON - 1)), ...(await put('3'))];
    await engine.mailbox.acknowledge([{ box: BOX, positions: [positionOf(first[0])] }]);
    const second = [...(await put('4')), ...(await put('5'))];
    await engine.mailbox.expire(NOON);
    const third = [...(await put('6')), ...(await put('7'))];
    return isSame(inShort([...first, ...second, ...third]), ['kept', 'kept', 'full', 'kept', 'full', 'kept', 'full']);
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

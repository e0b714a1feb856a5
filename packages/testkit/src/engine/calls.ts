/** Calls: whole or not at all, many at once, and apart from what their callers do with what they gave and got. */
import { isSame, isSameSet } from '../store/answers.ts';
import { allOf, firstOf, isValue, verdict } from '../report/verdict.ts';
import {
  areCounts,
  BOX,
  bytesOf,
  inShort,
  isRefused,
  keep,
  messagesIn,
  NOON,
  numbered,
  OTHER,
  positionOf,
  posting,
  ROOM,
  TABLET,
  textsIn,
  type EngineTrial,
} from './engine-trial.ts';

/** What no engine can keep. */
const WRONG = [
  ['bytes that are text', posting('c', { bytes: 'text' as never })],
  ['no mark', posting('c', { mark: undefined as never })],
  ['a stranger who is neither one nor none', posting('c', { isFromStranger: 1 as never })],
  ['a time that is none', posting('c', { keptAt: Number.NaN })],
  ['a box without a terminal', posting('c', { boxes: [{ user: 'user' } as never] })],
] as const;

export async function checkCalls({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('append', 'of a call with a posting that is refused, nothing is kept', async () =>
    firstOf(WRONG, async ([what, wrong]) => {
      const engine = await samples.open();
      await keep(engine, posting('a'));
      const refused = await isRefused(() => engine.mailbox.append([posting('b'), wrong], ROOM), what);
      return allOf([
        refused,
        isSame(await textsIn(engine), ['a']),
        areCounts('in all', await engine.mailbox.total(), 1, 1),
      ]);
    }),
  );
  await contract.rule('append', 'what goes on beside a call that is refused is done', async () => {
    const engine = await samples.open();
    const results = await Promise.allSettled([
      engine.mailbox.append([posting('a')], ROOM),
      (async () => engine.mailbox.append([posting('b', { bytes: 7 as never })], ROOM))(),
      engine.mailbox.append([posting('c')], ROOM),
      engine.records.write([{ table: 'table', key: 'key', value: {}, writtenAt: NOON }]),
    ]);
    return allOf([
      isSame(
        results.map(({ status }) => status),
        ['fulfilled', 'rejected', 'fulfilled', 'fulfilled'],
      ),
      isSame(await textsIn(engine), ['a', 'c']),
      isValue(await engine.records.count('table'), 1),
    ]);
  });
  await contract.rule('append', 'what a caller changes after a call does not reach the engine', async () => {
    const engine = await samples.open();
    const bytes = bytesOf('as it was');
    const boxes = [BOX];
    const value = { list: [1] };
    const kept = engine.mailbox.append([posting('a', { bytes, boxes })], ROOM);
    const written = engine.records.write([{ table: 'table', key: 'key', value, writtenAt: NOON }]);
    bytes.fill(0);
    boxes.push(OTHER);
    value.list.push(2);
    await Promise.all([kept, written]);
    const list = (await engine.records.read('table', 'key'))?.['list'];
    return allOf([
      isSame(await textsIn(engine), ['as it was']),
      isSame(await textsIn(engine, OTHER), []),
      isValue(JSON.stringify(list), '[1]'),
    ]);
  });
  await contract.rule('read', 'what a caller does with an answer does not reach the engine', async () => {
    const engine = await samples.open();
    await keep(engine, posting('as it was', { boxes: [BOX, TABLET] }));
    for (const { bytes } of await messagesIn(engine)) bytes.fill(0);
    return allOf([isSame(await textsIn(engine), ['as it was']), isSame(await textsIn(engine, TABLET), ['as it was'])]);
  });
  await contract.rule('append', 'calls that are made one after the other take effect in this order', async () => {
    const engine = await samples.open();
    const [, second, , read, , after] = await Promise.all([
      engine.mailbox.append([posting('a')], ROOM),
      engine.mailbox.append([posting('b'), posting('a')], ROOM),
      engine.records.write([{ table: 'table', key: 'key', value: { is: 1 }, writtenAt: NOON }]),
      engine.mailbox.read(BOX, 0, ROOM),
      engine.records.write([{ table: 'table', key: 'key', value: { is: 2 }, writtenAt: NOON }]),
      engine.records.read('table', 'key'),
    ]);
    return allOf([
      isSame(inShort(second.flat()), ['kept', 'known']),
      isValue(read.length, 2),
      isValue(after?.['is'], 2),
    ]);
  });
  await contract.rule('append', 'of many calls at once each is done, once', async () => {
    const engine = await samples.open();
    const texts = numbered(400);
    const boxes = [[BOX], [TABLET], [BOX, OTHER], [OTHER]];
    // Each message twice, as by a sender who has lost the connection.
    const calls = [...texts, ...texts].map((text) =>
      posting(text, { boxes: boxes[Number(text) % boxes.length] ?? [] }),
    );
    const outcomes = (await Promise.all(calls.map((each) => engine.mailbox.append([each], ROOM)))).flat(2);
    const positions = outcomes.map((outcome) => `${outcome.is} at ${positionOf(outcome)}`);
    const messages = await messagesIn(engine);
    const even = messages.filter(({ position }) => position % 2 === 0).map(({ position }) => position);
    await Promise.all(even.map((position) => engine.mailbox.acknowledge([{ box: BOX, positions: [position] }])));
    const left = await messagesIn(engine);
    const total = await engine.mailbox.total();
    return allOf([
      verdict(
        outcomes.every(({ is }) => is !== 'full'),
        'room for all',
        'a box that is full',
      ),
      isValue(outcomes.filter(({ is }) => is === 'kept').length, 500),
      isValue(positions.filter((each) => each.startsWith('known')).length, 500),
      isValue(messages.length, 200),
      isSameSet(
        left.map(({ position }) => String(position)),
        messages.filter(({ position }) => position % 2 !== 0).map(({ position }) => String(position)),
      ),
      isValue(total.messages, 500 - even.length),
    ]);
  });
}

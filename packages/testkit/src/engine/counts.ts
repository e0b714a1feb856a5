/** What an engine tells of how much there is. */
import type { BoxUsage } from 'dimstation';
import { isSame, isSameSet } from '../store/answers.ts';
import { allOf, isValue } from '../report/verdict.ts';
import { areCounts, BOX, keep, NOON, OTHER, positionOf, posting, TABLET, type EngineTrial } from './engine-trial.ts';

const lineOf = ({ user, terminal, messages, bytes, oldestAt }: BoxUsage): string =>
  `${user} at ${terminal}: ${messages} messages of ${bytes} bytes since ${oldestAt - NOON}`;

const at = (terminal: string): { readonly boxes: readonly (typeof BOX)[] } => ({ boxes: [{ user: 'user', terminal }] });

export async function checkCounts({ contract, samples }: EngineTrial): Promise<void> {
  await contract.rule('usage', 'usage tells of each terminal of a user what waits there, and since when', async () => {
    const engine = await samples.open();
    const [first] = await keep(
      engine,
      posting('one'),
      posting('four', { keptAt: NOON + 4 }),
      posting('three', { keptAt: NOON + 3, boxes: [BOX, TABLET] }),
      posting('other', { boxes: [OTHER] }),
      posting('', at('')),
    );
    const before = await engine.mailbox.usage('user');
    await engine.mailbox.acknowledge([{ box: BOX, positions: [positionOf(first)] }]);
    const after = await engine.mailbox.usage('user');
    const others = ['user at tablet: 1 messages of 5 bytes since 3', 'user at : 1 messages of 0 bytes since 0'];
    return allOf([
      isSameSet(before.map(lineOf), ['user at phone: 3 messages of 12 bytes since 0', ...others]),
      isSameSet(after.map(lineOf), ['user at phone: 2 messages of 9 bytes since 4', ...others]),
      isValue((await engine.mailbox.usage('nobody')).length, 0),
    ]);
  });
  await contract.rule('usage', 'a box in which nothing waits any more is not told of', async () => {
    const engine = await samples.open();
    const [first] = await keep(engine, posting('a'), posting('b', { boxes: [TABLET], keptAt: 1 }));
    await engine.mailbox.acknowledge([{ box: BOX, positions: [positionOf(first)] }]);
    await engine.mailbox.expire(NOON);
    const { boxes } = await engine.mailbox.total();
    const told = [...(await engine.mailbox.usage('user')), ...(await engine.mailbox.fullest(10))];
    return allOf([isSame(told.map(lineOf), []), isValue(boxes, 0)]);
  });
  await contract.rule('fullest', 'the boxes with most messages come first, and no more than are wanted', async () => {
    const engine = await samples.open();
    for (const [terminal, count] of [
      ['two', 2],
      ['four', 4],
      ['one', 1],
      ['three', 3],
    ] as const)
      await keep(engine, ...Array.from({ length: count }, (_, index) => posting(String(index), at(terminal))));
    const names = async (limit: number) => (await engine.mailbox.fullest(limit)).map(({ terminal }) => terminal);
    const [first] = await engine.mailbox.fullest(1);
    return allOf([
      isSame(await names(10), ['four', 'three', 'two', 'one']),
      isSame(await names(2), ['four', 'three']),
      isSame(first === undefined ? [] : [lineOf(first)], ['user at four: 4 messages of 4 bytes since 0']),
    ]);
  });
  await contract.rule('total', 'the total counts boxes, and messages and bytes once a box', async () => {
    const engine = await samples.open();
    await keep(engine, posting('four', { boxes: [BOX, TABLET, OTHER] }), posting('to one'));
    const total = await engine.mailbox.total();
    return allOf([isValue(total.boxes, 3), areCounts('in all', total, 4, 18)]);
  });
}

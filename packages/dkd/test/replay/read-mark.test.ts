import { expect, test } from '@jest/globals';
import { readMarkKey } from '../../src/index.ts';
import { readMarkOf } from '../../src/internal.ts';
import { ALICE, BOB, context, errorOf } from '../world.ts';

const MAP = {
  sender: ALICE.at('phone').toString(),
  receiver: BOB.toString(),
  time: 5,
  data: 'AAAA',
  signature: 'AAAA',
};
const messageOf = (change: object = {}) => context.ReliableMessage.parse({ ...MAP, ...change });
const contentOf = (change: object = {}) => context.Content.parse({ type: '77', sn: 7, time: 1700000000, ...change });

test('a message has one mark, in whatever envelope it comes', () => {
  const mark = readMarkOf(context, BOB.at('desktop'), messageOf(), contentOf());
  expect([mark.reader, mark.sender, mark.time].map(String)).toEqual([String(BOB), String(ALICE), '1700000000']);
  for (const change of [{ time: 9 }, { receiver: ALICE.toString() }, { signature: 'BBBB' }, { x: 1 }])
    expect(readMarkOf(context, BOB, messageOf(change), contentOf())).toEqual(mark);
  // Nor by the serial number: where the IV is not signed, that may be another on each way.
  expect(readMarkOf(context, BOB, messageOf(), contentOf({ sn: 8 }))).toEqual(mark);
  const keys = [
    readMarkKey(mark),
    readMarkKey(readMarkOf(context, BOB, messageOf({ data: 'AAAB' }), contentOf())),
    readMarkKey(readMarkOf(context, ALICE, messageOf(), contentOf())),
    readMarkKey(readMarkOf(context, BOB, messageOf({ sender: BOB.toString() }), contentOf())),
  ];
  expect(new Set(keys).size).toBe(keys.length);
});

test('a content without a time has none: it would have to be remembered for ever', async () => {
  const content = context.Content.parse({ type: '77', sn: 7 });
  expect(await errorOf(() => readMarkOf(context, BOB, messageOf(), content))).toMatchObject({
    code: 'INPUT_MISSING',
    path: 'content.time',
  });
});

/** Bounds that no option moves, and the room of a replay window. */
import { describe, expect, test } from '@jest/globals';
import { readContentType, readSerialNumber, ReplayWindow, type ReliableMessage } from '../../src/index.ts';
import { ALICE, BOB, context, errorOf } from '../world.ts';

const NOW = 1_700_000_000;

test.each<[string, readonly unknown[], readonly (readonly [unknown, string])[], (input: unknown) => unknown]>([
  [
    'serial numbers: 1 to 2^64 - 1',
    [1, 2 ** 53 - 1, 2n ** 64n - 1n, '1', '18446744073709551615', '00000000000000000001'],
    [
      [0, 'INPUT_RANGE'],
      [-1, 'INPUT_RANGE'],
      [2 ** 53, 'INPUT_RANGE'],
      [2n ** 64n, 'INPUT_RANGE'],
      ['0', 'INPUT_RANGE'],
      ['18446744073709551616', 'INPUT_RANGE'],
      ['000000000000000000001', 'INPUT_FORMAT'],
    ],
    readSerialNumber,
  ],
  [
    'types of contents: 32 bits',
    [0, 0xffff_ffff, '0', '4294967295'],
    [
      [-1, 'INPUT_RANGE'],
      [0x1_0000_0000, 'INPUT_RANGE'],
      ['4294967296', 'INPUT_FORMAT'],
      ['-1', 'INPUT_FORMAT'],
    ],
    readContentType,
  ],
])('%s', async (_what, accepted, refused, read) => {
  for (const input of accepted) expect(() => read(input)).not.toThrow();
  for (const [input, code] of refused) expect((await errorOf(() => read(input))).code).toBe(code);
});

describe('a replay window', () => {
  const messageFrom = (sender: string, data: string): ReliableMessage =>
    context.ReliableMessage.parse({ sender, receiver: BOB.toString(), data, signature: 'AAAA' });
  const contentAt = (sn: number, time: number): ReturnType<typeof context.Content.parse> =>
    context.Content.parse({ type: '99', sn, time });

  test('remembers its capacity and no more, of one sender and of as many as there are messages', () => {
    for (const senders of [1, 300]) {
      const window = new ReplayWindow({ capacity: 100, clock: () => NOW });
      const message = (index: number): ReliableMessage =>
        messageFrom(ALICE.entity.toString().replace('alice', `u${index % senders}`), 'AAAA');
      for (let index = 0; index < 300; index++) {
        window.admit(message(index), contentAt(index + 1, NOW - 1000 + index));
        expect(window.size).toBeLessThanOrEqual(100);
        expect(window.toJSON().senders.length).toBeLessThanOrEqual(100);
      }
      expect(window.size).toBeGreaterThan(80);
    }
  });

  test('never takes a repeated message for a new one, however many it had to forget', async () => {
    const window = new ReplayWindow({ capacity: 50, clock: () => NOW });
    const message = messageFrom(ALICE.toString(), 'AAAA');
    for (let index = 0; index < 150; index++) window.admit(message, contentAt(index + 1, NOW - 1000 + index));
    for (let index = 0; index < 150; index++) {
      const error = await errorOf(() => window.admit(message, contentAt(index + 1, NOW - 1000 + index)));
      expect(error.code).toMatch(/^INPUT_(REPLAY|TIME)$/);
    }
  });
});

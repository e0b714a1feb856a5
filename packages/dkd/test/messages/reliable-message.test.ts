import { describe, expect, test } from '@jest/globals';
import { ALICE, BOB, context, errorOf } from '../world.ts';

const MAP = {
  sender: ALICE.toString(),
  receiver: BOB.toString(),
  time: 1700000000.25,
  data: 'AAAAAAAAAAAAAAAAAAAAAA==',
  keys: { [BOB.toString()]: 'AAAA' },
  signature: 'AAAA',
};

describe('ReliableMessage.parse', () => {
  test('reads structure and leaves the input alone', () => {
    const input = structuredClone(MAP);
    const message = context.ReliableMessage.parse(Object.freeze(input));
    expect([message.data, message.keys.get(BOB.toString()), message.signature.length, message.hasKey]).toEqual([
      MAP.data,
      'AAAA',
      3,
      true,
    ]);
    expect(message.toMap()).toEqual(MAP);
    expect(input).toEqual(MAP);
  });

  test.each([
    [{ data: undefined }, 'INPUT_MISSING', 'data'],
    [{ data: '' }, 'INPUT_FORMAT', 'data'],
    [{ data: 'not base64!' }, 'INPUT_FORMAT', 'data'],
    [{ data: 5 }, 'INPUT_TYPE', 'data'],
    [{ signature: undefined }, 'INPUT_MISSING', 'signature'],
    [{ signature: '' }, 'INPUT_FORMAT', 'signature'],
    [{ signature: 'AB==' }, 'INPUT_FORMAT', 'signature'],
    [{ signature: 'A'.repeat(100_000) }, 'INPUT_LIMIT', 'signature'],
    [{ keys: 'x' }, 'INPUT_TYPE', 'keys'],
    [{ keys: { a: 5 } }, 'INPUT_FORMAT', 'keys.a'],
    [{ keys: { a: null } }, 'INPUT_FORMAT', 'keys.a'],
    [{ key: '' }, 'INPUT_FORMAT', 'key'],
    [{ meta: 'x' }, 'INPUT_TYPE', 'meta'],
    [{ visa: [] }, 'INPUT_TYPE', 'visa'],
    [{ K: { [BOB.toString()]: 'BBBB' } }, 'INPUT_CONFLICT', 'K'],
  ])('change %# is refused', async (change, code, path) => {
    expect(await errorOf(() => context.ReliableMessage.parse({ ...MAP, ...change }))).toMatchObject({ code, path });
  });
});

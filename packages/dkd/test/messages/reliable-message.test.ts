import { describe, expect, test } from '@jest/globals';
import { ReliableMessage } from '../../src/index.ts';
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
    expect(message).toBeInstanceOf(ReliableMessage);
    expect([message.data, message.keys.get(BOB.toString()), message.signature, message.hasKey]).toEqual([
      MAP.data,
      'AAAA',
      new Uint8Array(3),
      true,
    ]);
    expect([message.attachedMeta, message.attachedVisa, message.envelopeProof]).toEqual([
      undefined,
      undefined,
      undefined,
    ]);
    expect(message.toMap()).toEqual(MAP);
    expect(input).toEqual(MAP);
  });

  test('reads what rides along', () => {
    const { attachedMeta, attachedVisa } = context.ReliableMessage.parse({ ...MAP, meta: { a: 1 }, visa: { b: 2 } });
    expect([attachedMeta, attachedVisa]).toEqual([{ a: 1 }, { b: 2 }]);
  });

  test.each([
    [{ data: undefined }, 'INPUT_MISSING', 'data', 'is required'],
    [{ signature: undefined }, 'INPUT_MISSING', 'signature', 'is required'],
    [{ signature: '' }, 'INPUT_FORMAT', 'signature', 'must not be empty'],
    [{ signature: 'AB==' }, 'INPUT_FORMAT', 'signature', 'must be base64'],
    [{ meta: 'x' }, 'INPUT_TYPE', 'meta', 'must be a map, not text'],
    [{ visa: [] }, 'INPUT_TYPE', 'visa', 'must be a map, not a list'],
  ])('%j is refused', async (changes, code, path, reason) => {
    const error = await errorOf(() => context.ReliableMessage.parse({ ...MAP, ...changes }));
    expect(error).toMatchObject({ code, path, reason });
  });

  test('a signature may have 16,384 characters and no more', async () => {
    const read = (length: number) => context.ReliableMessage.parse({ ...MAP, signature: 'A'.repeat(length) });
    expect(read(16_384).signature).toHaveLength(12_288);
    expect(await errorOf(() => read(16_388))).toMatchObject({ code: 'INPUT_LIMIT', path: 'signature' });
  });
});

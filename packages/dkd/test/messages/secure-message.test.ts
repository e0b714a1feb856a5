import { describe, expect, test } from '@jest/globals';
import { encodeUtf8, EVERYONE, SecureMessage } from '../../src/index.ts';
import { ALICE, BOB, context, errorOf } from '../world.ts';

const MAP = {
  sender: ALICE.toString(),
  receiver: BOB.toString(),
  time: 1700000000.25,
  IV: 'AAAAAAAAAAAAAAAAAAAAAA==',
  data: 'AQID',
  keys: { [BOB.toString()]: 'AAAA', [BOB.at('phone').toString()]: 'BBBB' },
};

const read = (changes: object = {}) => context.SecureMessage.parse({ ...MAP, ...changes });

test('a secure message is read with its data and all its keys', () => {
  const message = read();
  expect(message).toBeInstanceOf(SecureMessage);
  expect(message.toMap()).toEqual(MAP);
  expect(message.envelope.receiver.equals(BOB)).toBe(true);
  expect([message.data, [...message.keys], message.key, message.hasKey]).toEqual([
    'AQID',
    Object.entries(MAP.keys),
    undefined,
    true,
  ]);
  expect(message.dataBytes).toEqual(Uint8Array.of(1, 2, 3));
});

describe('a key', () => {
  test.each([
    ['none', { keys: undefined }, false],
    ['no entries', { keys: {} }, false],
    ['a hint alone', { keys: { digest: 'not base64!' } }, false],
    ['an entry', {}, true],
    ['the older form', { keys: undefined, key: 'AAAA' }, true],
    ['both forms', { key: 'CCCC' }, true],
  ])('is there or not: %s', (_what, changes, hasKey) => {
    expect(read(changes).hasKey).toBe(hasKey);
  });

  test('is not what keys says of its digest', () => {
    expect([...read({ keys: { digest: 'AAAA', [BOB.toString()]: 'BBBB' } }).keys]).toEqual([[BOB.toString(), 'BBBB']]);
  });
});

describe('the data of a broadcast', () => {
  test('is text, and its bytes are UTF-8', () => {
    const message = read({ receiver: EVERYONE.toString(), keys: undefined, data: '{"text":"你好"}' });
    expect([message.data, message.dataBytes]).toEqual(['{"text":"你好"}', encodeUtf8('{"text":"你好"}')]);
  });

  test('that UTF-8 cannot write is refused at once', async () => {
    const error = await errorOf(() => read({ receiver: EVERYONE.toString(), data: '"\ud800"' }));
    expect([error.code, error.path]).toEqual(['INPUT_FORMAT', 'data']);
  });
});

test.each([
  [{ data: undefined }, 'INPUT_MISSING', 'data', 'is required'],
  [{ data: '' }, 'INPUT_FORMAT', 'data', 'must not be empty'],
  [{ data: '', receiver: undefined }, 'INPUT_FORMAT', 'data', 'must not be empty'],
  [{ data: 'not base64!' }, 'INPUT_FORMAT', 'data', 'must be base64'],
  [{ data: 5 }, 'INPUT_TYPE', 'data', 'must be text, not a number'],
  [{ keys: 'x' }, 'INPUT_TYPE', 'keys', 'must be a map, not text'],
  [{ keys: { a: 5 } }, 'INPUT_FORMAT', 'keys.a', 'must be base64'],
  [{ keys: { a: null } }, 'INPUT_FORMAT', 'keys.a', 'must be base64'],
  [{ keys: { a: '' } }, 'INPUT_FORMAT', 'keys.a', 'must be base64'],
  [{ keys: { a: 'AAAA', b: 'A' } }, 'INPUT_FORMAT', 'keys.b', 'must be base64'],
  [{ key: '' }, 'INPUT_FORMAT', 'key', 'must be base64'],
  [{ key: 'A' }, 'INPUT_FORMAT', 'key', 'must be base64'],
  [{ K: { [BOB.toString()]: 'CCCC' } }, 'INPUT_CONFLICT', 'K', 'differs from keys'],
])('%j is refused', async (changes, code, path, reason) => {
  expect(await errorOf(() => read(changes))).toMatchObject({ code, path, reason });
});

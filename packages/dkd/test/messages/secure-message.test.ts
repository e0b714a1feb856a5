import { describe, expect, test } from '@jest/globals';
import { EVERYONE, SecureMessage } from '../../src/index.ts';
import { decodeBase64, encodeUtf8 } from '../../src/extend.ts';
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

describe('the forms of binary', () => {
  /** A line as some platforms write it: a break after 76 characters, and one at the end. */
  const wrapped = (base64: string) => `${base64.replaceAll(/.{76}/g, '$&\n')}\n`;
  const long = 'AQID'.repeat(43);
  const lines = {
    IV: wrapped(MAP.IV),
    data: wrapped(long),
    keys: { [BOB.toString()]: wrapped(long).replaceAll('\n', '\r\n') },
    key: wrapped('AAAA'),
  };

  test('line breaks are no part of the value, and are kept in the map', () => {
    const message = read(lines);
    expect(message.toMap()).toEqual({ ...MAP, ...lines });
    expect(message.dataBytes).toEqual(decodeBase64(long));
    expect([message.data, message.keys.get(BOB.toString()), message.key]).toEqual([wrapped(long), long, 'AAAA']);
  });

  test.each([
    ['base64,AQID', 'base64,AQID'],
    ['data:;base64,AQID', 'data:application/octet-stream;base64,AQID'],
    ['data:,%01%02%03', 'DATA:,%01%02%03'],
  ])('%s is read as the bytes that it is', (form, other) => {
    const message = read({ data: form, IV: form, keys: { [BOB.toString()]: other }, key: other });
    expect([message.dataBytes, message.keys.get(BOB.toString()), message.key]).toEqual([
      Uint8Array.of(1, 2, 3),
      'AQID',
      'AQID',
    ]);
    expect(message.fields['data']).toBe(form);
  });

  test('an IV may be a map of transportable data, and is kept as it came', async () => {
    const IV = { algorithm: 'base64', data: MAP.IV };
    expect(read({ IV }).fields['IV']).toEqual(IV);
    for (const [wrong, code, path] of [
      [{ algorithm: 'base64' }, 'INPUT_MISSING', 'IV.data'],
      [{ algorithm: 'base64', data: 7 }, 'INPUT_TYPE', 'IV.data'],
      [{ algorithm: 'base64', data: '@' }, 'INPUT_FORMAT', 'IV'],
      [{ algorithm: 'base64', data: 'A'.repeat(1028) }, 'INPUT_LIMIT', 'IV'],
    ] as const) {
      expect(await errorOf(() => read({ IV: wrong }))).toMatchObject({ code, path });
    }
  });

  test.each(['AQ\tID', 'AQ ID', 'AQID\v', 'A\nA', '\n', 'base64,AQ ID', 'AR==\n'])('%j is none', async (data) => {
    expect(await errorOf(() => read({ data }))).toMatchObject({ code: 'INPUT_FORMAT', path: 'data' });
  });
});

test('null in an optional field is an absent field, and is kept', () => {
  const nulls = { time: null, group: null, type: null, IV: null, keys: null, key: null, more: null };
  const message = read(nulls);
  expect(message.toMap()).toEqual({ ...MAP, ...nulls });
  const { time, group, type, keys, key } = message;
  expect({ time, group, type, keys: keys.size, key, hasKey: message.hasKey }).toEqual({ keys: 0, hasKey: false });
  expect([...read({ keys: { a: null, b: 'AAAA' } }).keys]).toEqual([['b', 'AAAA']]);
});

test.each(['sender', 'receiver', 'data'])('null is no %s', async (name) => {
  expect(await errorOf(() => read({ [name]: null }))).toMatchObject({ code: 'INPUT_TYPE', path: name });
});

describe('the number of keys', () => {
  const keys = (count: number) => Object.fromEntries(Array.from({ length: count }, (_, at) => [`k${at}`, 'AAAA']));

  test('has a limit of its own, and the error says which', async () => {
    expect(read({ keys: keys(20_000) }).keys.size).toBe(20_000);
    const error = await errorOf(() => read({ keys: keys(20_001) }));
    expect(error).toMatchObject({ code: 'INPUT_LIMIT', path: 'keys' });
    expect(error.reason).toContain('limits.messageKeys');
  });
});

test('changing the bytes or the map afterwards does not change what was read of them', () => {
  const map = { ...MAP, keys: { ...MAP.keys }, signature: 'AQID', more: [{ a: [1] }] };
  const bytes = encodeUtf8(JSON.stringify(map));
  const [ofBytes, ofMap] = [context.ReliableMessage.decode(bytes), context.ReliableMessage.parse(map)];
  bytes.fill(0x20);
  map.keys[BOB.toString()] = 'CCCC';
  map.more[0]?.a.push(2);
  for (const message of [ofBytes, ofMap]) {
    expect(message.toMap()).toEqual({ ...MAP, signature: 'AQID', more: [{ a: [1] }] });
    expect([message.keys.get(BOB.toString()), message.dataBytes]).toEqual(['AAAA', Uint8Array.of(1, 2, 3)]);
  }
});

test('changing what the message gives out does not change the message', () => {
  const message = read();
  message.dataBytes.fill(0);
  expect(message.dataBytes).toEqual(Uint8Array.of(1, 2, 3));
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
  [{ keys: { a: '' } }, 'INPUT_FORMAT', 'keys.a', 'must be base64'],
  [{ keys: { a: 'AAAA', b: 'A' } }, 'INPUT_FORMAT', 'keys.b', 'must be base64'],
  [{ key: '' }, 'INPUT_FORMAT', 'key', 'must be base64'],
  [{ key: 'A' }, 'INPUT_FORMAT', 'key', 'must be base64'],
  [{ K: { [BOB.toString()]: 'CCCC' } }, 'INPUT_CONFLICT', 'K', 'differs from keys'],
  [{ IV: 7 }, 'INPUT_TYPE', 'IV', 'must be text, not a number'],
  [{ IV: { algorithm: 'base64', data: '@' } }, 'INPUT_FORMAT', 'IV', 'must be base64'],
  [{ IV: { data: 7 } }, 'INPUT_TYPE', 'IV.data', 'must be text, not a number'],
  [{ IV: '@' }, 'INPUT_FORMAT', 'IV', 'must be base64'],
  [{ IV: 'data:;base64,@' }, 'INPUT_FORMAT', 'IV', 'must be base64'],
  [{ IV: undefined, iv: ['AAAA'] }, 'INPUT_TYPE', 'iv', 'must be text, not a list'],
  [{ IV: 'A'.repeat(1028) }, 'INPUT_LIMIT', 'IV', 'is longer than 1024 characters'],
])('%j is refused', async (changes, code, path, reason) => {
  expect(await errorOf(() => read(changes))).toMatchObject({ code, path, reason });
});

/** What acknowledges a message over a WebSocket. */
import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { acknowledgementOf } from '../../src/internal.ts';
import { acknowledgementsOf } from '../../src/transport/message-acknowledgement.ts';

const ACK = 'ACK:{"time":1795642628.0604768,"signature":"MEUC+/o="}';

describe('acknowledgementOf', () => {
  test.each([
    [
      'as dimples writes it',
      '{"sender": "a", "time": 1795642628.0604768, "data": "x", "signature": "MEUC+/o=", "meta": {}}',
    ],
    ['without blanks', '{"time":1795642628.0604768,"signature":"MEUC+/o="}'],
    ['with all blanks', ' \t{ "time" : 1795642628.0604768 \t, "signature" : "MEUC+/o=" } \r'],
    [
      'behind what is attached',
      '{"visa":{"time":1,"signature":"visa","a":[{"signature":"b"}]},"meta":{"data":"{\\"signature\\":\\"c\\",\\"time\\":2}"},' +
        '"signature":"MEUC+/o=","time":1795642628.0604768}',
    ],
    [
      'before what is attached',
      '{"signature":"MEUC+/o=","time":1795642628.0604768,"visa":{"time":1,"signature":"visa"}}',
    ],
    ['with short names', '{"F":"a","W":1795642628.0604768,"V":"MEUC+/o="}'],
    ['where a name is there twice', '{"time":1,"signature":"x","time":1795642628.0604768,"signature":"MEUC+/o="}'],
    [
      'with the words in values',
      '{"a":"time","b":"signature\\":","time":1795642628.0604768,"c":"\\\\","signature":"MEUC+/o="}',
    ],
  ])('a message %s', (_what, message) => {
    expect(acknowledgementOf(message)).toBe(ACK);
  });

  test('the time stays as it is written', () => {
    expect(acknowledgementOf('{"time":1795642628.0,"signature":"a"}')).toBe(
      'ACK:{"time":1795642628.0,"signature":"a"}',
    );
    expect(acknowledgementOf('{"time":1.7e9,"signature":"a\\/b"}')).toBe('ACK:{"time":1.7e9,"signature":"a\\/b"}');
    expect(acknowledgementOf('{"time":"1795642628.5","signature":"a"}')).toBe(
      'ACK:{"time":"1795642628.5","signature":"a"}',
    );
  });

  test.each([
    '',
    'PING',
    'hello',
    '[{"time":1,"signature":"a"}]',
    '{"time":1}',
    '{"signature":"a"}',
    '{"a":{"time":1,"signature":"a"}}',
    '{"time":{"time":1},"signature":"a"}',
    '{"time":1,"signature":["a"]}',
    '{"time":1,"signature":1}',
    '{"time":1,"signature":""}',
    '{"time":null,"signature":"a"}',
    '{"time":"\\u0031","signature":"a"}',
    '{"time":1,"signature":"a"',
    '{"time":1,"signature":"a" "b"}',
    `{"time":1,"signature":"${'a'.repeat(20_000)}"}`,
    `{"time":${'1'.repeat(100)},"signature":"a"}`,
    '{',
    '{"',
    '}{',
  ])('nothing for what is no message: %s', (text) => {
    expect(acknowledgementOf(text)).toBeUndefined();
  });

  test('one for each line that is a message', () => {
    const payload = '{"time":1,"signature":"a"}\n\nnothing\n{"time":2,"signature":"b"}\n';
    expect(acknowledgementsOf(payload)).toEqual(['ACK:{"time":1,"signature":"a"}', 'ACK:{"time":2,"signature":"b"}']);
  });

  test('is what JSON says, whatever else is in the map', () => {
    const value = fc.oneof(
      fc.json({ maxDepth: 3 }),
      fc.constant('{"time":5,"signature":"inner"}'),
      fc.constant('"\\\\\\""'),
    );
    const name = fc.oneof(
      fc.constantFrom('"meta"', '"visa"', '"data"'),
      fc.string({ maxLength: 5 }).map((each) => JSON.stringify(`x${each}`)),
    );
    const members = fc.array(
      fc.tuple(name, value).map((pair) => pair.join(':')),
      { maxLength: 6 },
    );
    const signature = fc.base64String({ minLength: 4, maxLength: 100 });
    fc.assert(
      fc.property(
        members,
        members,
        fc.double({ min: 1, max: 2e9, noNaN: true }),
        signature,
        (before, after, time, signed) => {
          const own = [`"time":${time}`, `"signature":"${signed}"`];
          const text = `{${[...before, ...own, ...after].join(',')}}`;
          expect(JSON.parse(text)).toMatchObject({ time, signature: signed });
          expect(acknowledgementOf(text)).toBe(`ACK:{${own.join(',')}}`);
        },
      ),
    );
  });
});

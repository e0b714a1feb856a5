import { describe, expect, test } from '@jest/globals';
import * as fc from 'fast-check';
import { DEFAULT_LIMITS, parseJson, type Limits } from '../../src/index.ts';
import { decodeUtf8, encodeUtf8 } from '../../src/extend.ts';
import { outerMembers } from '../../src/internal.ts';
import { ifReadable } from '../../src/errors/if-readable.ts';

/** The members as texts; undefined where they cannot be told. */
function membersOf(bytes: Uint8Array, limits: Limits = DEFAULT_LIMITS): readonly (readonly string[])[] | undefined {
  return outerMembers(bytes, limits)?.map(({ nameStart, nameEnd, start, end }) => [
    decodeUtf8(bytes.subarray(nameStart, nameEnd)),
    decodeUtf8(bytes.subarray(start, end)),
  ]);
}

const inText = (text: string, limits?: Limits) => membersOf(encodeUtf8(text), limits);

describe('the members of a map', () => {
  test.each<readonly [text: string, members: readonly (readonly string[])[]]>([
    ['{}', []],
    [' \t\r\n{ } ', []],
    ['{"a":1}', [['a', '1']]],
    [
      ' { "a" : "x" ,\n"b": [ 1 , {"c":"]}"} ] , "":null } ',
      [
        ['a', '"x"'],
        ['b', '[ 1 , {"c":"]}"} ]'],
        ['', 'null'],
      ],
    ],
    [
      String.raw`{"a":"\"","b":"\\","c":"\\\"{","你":"😀"}`,
      [
        ['a', String.raw`"\""`],
        ['b', String.raw`"\\"`],
        ['c', String.raw`"\\\"{"`],
        ['你', '"😀"'],
      ],
    ],
    [
      `{"a":"${'\\"'.repeat(100)}","a":{}}`,
      [
        ['a', `"${'\\"'.repeat(100)}"`],
        ['a', '{}'],
      ],
    ],
  ])('%s', (text, members) => {
    expect(inText(text)).toEqual(members);
  });

  test.each([
    '',
    ' ',
    '[]',
    '"a"',
    '{',
    '{"',
    '{"a',
    '{"a"',
    '{"a":',
    '{"a":}',
    '{"a":"',
    `{"a":"${'x'.repeat(100)}\\"}`,
    '{"a":[}',
    '{"a":1',
    '{"a":1,}',
    '{"a":1}}',
    '{"a":1}x',
    '{"a" 1}',
    '{"a":1 2}',
    '{"a":x"y"}',
    '{a:1}',
    '{,}',
    '\ufeff{}',
    // A name with an escape may be any.
    String.raw`{"\u0061":1}`,
  ])('none for whoever reads %s', (text) => {
    expect(inText(text)).toBeUndefined();
  });

  test('what is skipped is checked for UTF-8', () => {
    const bytes = encodeUtf8('{"a":"x"}');
    for (const byte of [0xff, 0x80, 0xc3]) {
      bytes[6] = byte;
      expect(outerMembers(bytes, DEFAULT_LIMITS)).toBeUndefined();
    }
  });

  test('whatever is beyond the limits of reading it all is not skipped', () => {
    const texts = ['{}', '{"a":1}', '{"a":[]}', '{"a":[[1]]}', '{"a":{"b":[1,2]},"c":[3,{}]}'];
    const upTo = Array.from({ length: 12 }, (_, limit) => limit);
    const strict = upTo.flatMap((limit) => [
      { ...DEFAULT_LIMITS, jsonDepth: limit },
      { ...DEFAULT_LIMITS, jsonValues: limit },
    ]);
    const refused = texts.flatMap((text) =>
      strict
        .filter((limits) => ifReadable(() => parseJson(text, limits)) === undefined)
        .map((limits) => [text, limits] as const),
    );
    expect(refused.length).toBeGreaterThan(20);
    expect(refused.filter(([text, limits]) => inText(text, limits) !== undefined)).toEqual([]);
    expect(inText('{"a":[[1]]}', { ...DEFAULT_LIMITS, jsonDepth: 3, jsonValues: 4 })).toHaveLength(1);
  });

  test('they are those of any map, however it is written', () => {
    fc.assert(
      fc.property(fc.dictionary(fc.string(), fc.jsonValue()), fc.nat(3), (map, spaces) => {
        const text = JSON.stringify(map, undefined, spaces);
        const members = Object.entries(JSON.parse(text) as Record<string, unknown>);
        const hasEscape = members.some(([name]) => JSON.stringify(name).includes('\\'));
        const found = inText(text)?.map(([name, value = '']) => [name, JSON.parse(value) as unknown]);
        expect(found).toEqual(hasEscape ? undefined : members);
      }),
    );
  });
});

test('of more values than the limit no more is looked at: names may repeat, and are one value of a map', () => {
  const limits = { ...DEFAULT_LIMITS, jsonValues: 10 };
  for (const many of [`{${'"":0,'.repeat(10)}`, `{"":[${'1,'.repeat(10)}`, `{"":${'[['.repeat(10)}`]) {
    expect(outerMembers(encodeUtf8(`${many}"a":1}`), limits)).toBeUndefined();
  }
  expect(inText(`{${'"":0,'.repeat(8)}"a":1}`, limits)).toHaveLength(9);
});

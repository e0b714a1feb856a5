import { runInNewContext } from 'node:vm';
import { describe, expect, test } from '@jest/globals';
import { DEFAULT_LIMITS, stringifyJson, type JsonMap } from '../../src/index.ts';
import { encodeUtf8 } from '../../src/extend.ts';
import { decodePackage, encodePackage } from '../../src/packing/message-package.ts';
import { errorOf } from '../world.ts';

const LONG = {
  sender: 'a',
  receiver: 'b',
  time: 1,
  type: '1',
  group: 'g',
  keys: { b: 'AA==' },
  data: 'AA==',
  signature: 'AA==',
  meta: {},
  visa: {},
  IV: 'x',
  more: 1,
};
const SHORT = {
  F: 'a',
  R: 'b',
  W: 1,
  T: '1',
  G: 'g',
  K: { b: 'AA==' },
  D: 'AA==',
  V: 'AA==',
  M: {},
  P: {},
  IV: 'x',
  more: 1,
};

const decode = (map: unknown) => decodePackage(encodeUtf8(JSON.stringify(map)), DEFAULT_LIMITS);

describe('packages', () => {
  test('short and long names say the same', () => {
    expect(decode(SHORT)).toEqual(LONG);
    expect(decode(LONG)).toEqual(LONG);
    expect(decode({ ...SHORT, D: undefined, data: 'AA==' })).toEqual(LONG);
    expect(JSON.parse(new TextDecoder().decode(encodePackage(LONG as JsonMap, { shortNames: true })))).toEqual(SHORT);
    expect(JSON.parse(new TextDecoder().decode(encodePackage(LONG as JsonMap)))).toEqual(LONG);
  });

  test('K is key where it is a text, and both kinds of key survive', () => {
    expect(decode({ K: 'AA==' })).toEqual({ key: 'AA==' });
    const maps: readonly JsonMap[] = [
      { key: 'AA==' },
      { key: 'AA==', keys: { b: 'AA==' } },
      { key: 'AA==', keys: null },
      { key: null, keys: { b: 'AA==' } },
      { key: null },
      { keys: null },
    ];
    for (const map of maps) {
      expect(decodePackage(encodePackage(map, { shortNames: true }), DEFAULT_LIMITS)).toEqual(map);
    }
  });

  test('S is never expanded; twins that differ are an error, equal ones are one', async () => {
    expect(decode({ S: 'x' })).toEqual({ S: 'x' });
    expect(decode({ F: 'a', sender: 'a' })).toEqual({ sender: 'a' });
    expect((await errorOf(() => decode({ F: 'a', sender: 'b' }))).code).toBe('INPUT_CONFLICT');
    expect((await errorOf(() => decode({ K: { a: 'AA==' }, keys: {} }))).code).toBe('INPUT_CONFLICT');
  });

  test('twins with integers beyond 2^53 are compared as they are', async () => {
    const decodeExact = (map: JsonMap) => decodePackage(encodeUtf8(stringifyJson(map)), DEFAULT_LIMITS);
    const one = { a: [18446744073709551615n] };
    expect(decodeExact({ F: one, sender: one })).toEqual({ sender: one });
    expect(decodeExact({ W: 18446744073709551615n, time: 18446744073709551615n })).toEqual({
      time: 18446744073709551615n,
    });
    const other = { a: [18446744073709551614n] };
    expect((await errorOf(() => decodeExact({ F: one, sender: other }))).code).toBe('INPUT_CONFLICT');
  });

  test('of twins, the one that is null does not count', () => {
    for (const map of [
      { F: 'a', sender: null },
      { sender: null, F: 'a' },
      { F: null, sender: 'a' },
      { sender: 'a', F: null },
    ])
      expect(decode(map)).toEqual({ sender: 'a' });
    expect(decode({ F: null, more: null })).toEqual({ sender: null, more: null });
  });

  test('bytes of another realm are bytes, and what is none is named with the remedy', async () => {
    const foreign = runInNewContext('Uint8Array.from(text, (c) => c.charCodeAt(0))', { text: '{"a":1}' }) as Uint8Array;
    expect(foreign).not.toBeInstanceOf(Uint8Array);
    expect(decodePackage(foreign, DEFAULT_LIMITS)).toEqual({ a: 1 });
    for (const [input, remedy] of [
      ['{}', 'text: take new TextEncoder().encode(text)'],
      [new ArrayBuffer(2), 'an object: take new Uint8Array(buffer)'],
      [
        new DataView(new ArrayBuffer(2)),
        'an object: take new Uint8Array(view.buffer, view.byteOffset, view.byteLength)',
      ],
      [{}, 'an object'],
      [undefined, 'nothing'],
    ] as const) {
      const error = await errorOf(() => decodePackage(input as unknown as Uint8Array, DEFAULT_LIMITS));
      expect([error.code, error.reason]).toEqual(['USAGE_ARGUMENT', `must be a Uint8Array, not ${remedy}`]);
    }
  });

  test('the error of a package that is too large names the limit', async () => {
    const limits = { ...DEFAULT_LIMITS, messageBytes: 10 };
    const error = await errorOf(() => decodePackage(new Uint8Array(11), limits));
    expect([error.code, error.reason]).toEqual(['INPUT_LIMIT', 'has more than 10 bytes (limits.messageBytes)']);
  });

  test.each([[''], ['[]'], ['"x"'], ['1'], ['null'], ['{"a":1} '.repeat(2)], ['\ufeff{}']])(
    '%j is no package',
    async (text) => {
      expect((await errorOf(() => decodePackage(encodeUtf8(text), DEFAULT_LIMITS))).code).toMatch(/^INPUT_/);
    },
  );

  test('bad UTF-8, too many bytes, and what is not bytes', async () => {
    expect((await errorOf(() => decodePackage(Uint8Array.of(0x7b, 0xff, 0x7d), DEFAULT_LIMITS))).code).toBe(
      'INPUT_FORMAT',
    );
    const limits = { ...DEFAULT_LIMITS, messageBytes: 10 };
    expect(decodePackage(encodeUtf8('{"a":1234}'), limits)).toEqual({ a: 1234 });
    expect((await errorOf(() => decodePackage(encodeUtf8('{"a":12345}'), limits))).code).toBe('INPUT_LIMIT');
    expect((await errorOf(() => decodePackage('{}' as unknown as Uint8Array, limits))).code).toBe('USAGE_ARGUMENT');
  });
});

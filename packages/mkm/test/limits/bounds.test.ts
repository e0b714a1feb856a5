/** Bounds that no option moves: of single values, and of what is remembered. */
import { describe, expect, test } from '@jest/globals';
import { NetworkFile, parseJson, stringifyJson } from '../../src/index.ts';
import { copyJson, readTime, readTypeCode } from '../../src/extend.ts';
import { BoundedCache } from '../../src/internal.ts';
import { parseDataUri } from '../../src/wire/data-uri.ts';
import { context, errorOf, USER } from '../demo-plugin.ts';

const words = new Map([
  ['a'.repeat(32), '1'],
  ['a'.repeat(33), '1'],
]);
const header = (length: number): string => `data:a/${'a'.repeat(length - 8)},`;

const bounds: readonly (readonly [
  what: string,
  accepted: readonly unknown[],
  refused: readonly unknown[],
  code: string,
  read: (input: unknown) => unknown,
])[] = [
  ['integers: 40 digits', [10n ** 40n - 1n, 1n - 10n ** 40n], [10n ** 40n, -(10n ** 40n)], 'INPUT_LIMIT', copyJson],
  [
    'integers in JSON text: 40 digits',
    ['9'.repeat(40), `-${'9'.repeat(40)}`],
    ['9'.repeat(41), `-${'9'.repeat(41)}`],
    'INPUT_LIMIT',
    (text) => parseJson(String(text)),
  ],
  [
    'type codes as numbers: 32 bits',
    [0, 0xffff_ffff],
    [-1, 0x1_0000_0000],
    'INPUT_RANGE',
    (code) => readTypeCode(code, words),
  ],
  [
    'type codes as text: 32 bits',
    ['0', '4294967295'],
    ['4294967296', '-1', '0'.repeat(2)],
    'INPUT_FORMAT',
    (code) => readTypeCode(code, words),
  ],
  [
    'words for a type code: 32 characters',
    ['a'.repeat(32)],
    ['a'.repeat(33)],
    'INPUT_FORMAT',
    (code) => readTypeCode(code, words),
  ],
  [
    'times: 10^11 seconds',
    [0, 99_999_999_999.5, '99999999999.5'],
    [100_000_000_000, '100000000000', -1, Infinity, Number.NaN],
    'INPUT_RANGE',
    readTime,
  ],
  [
    'times as text: 20 decimals',
    [`1.${'0'.repeat(20)}`],
    [`1.${'0'.repeat(21)}`, '1234567890123'],
    'INPUT_FORMAT',
    readTime,
  ],
  [
    'the header of a data URI: 1024 characters',
    [`${header(1024)}x`],
    [`${header(1025)}x`],
    'INPUT_FORMAT',
    (text) => parseDataUri(String(text)),
  ],
  [
    'file names that are written: 255 bytes',
    ['a'.repeat(255), `${'😀'.repeat(63)}abc`],
    ['a'.repeat(256), '😀'.repeat(64), ''],
    'USAGE_ARGUMENT',
    (filename) => NetworkFile.create({ filename: String(filename) }),
  ],
  [
    'URLs: 8192 characters',
    [`https://a/${'b'.repeat(8182)}`],
    [`https://a/${'b'.repeat(8183)}`],
    'INPUT_LIMIT',
    (URL) => NetworkFile.parse({ URL }),
  ],
  [
    'types of documents: 64 characters',
    ['a'.repeat(64)],
    ['a'.repeat(65), ''],
    'INPUT_FORMAT',
    (type) => context.Document.parse({ did: USER, type }),
  ],
];

test.each(bounds)('%s', (_what, accepted, refused, code, read) => {
  for (const input of accepted) expect(() => read(input)).not.toThrow();
  for (const input of refused) expect(errorOf(() => read(input)).code).toBe(code);
});

test('what one copy may hold, its text may hold too', () => {
  for (const value of [10n ** 40n - 1n, 1n - 10n ** 40n, 2n ** 53n])
    expect(parseJson(stringifyJson(value))).toBe(value);
});

test('nesting beyond what the platform can follow is a limit too', () => {
  const long = '1234567890123456789';
  const tower = `[${long},`.repeat(50_000) + '1' + ']'.repeat(50_000);
  expect(errorOf(() => parseJson(tower)).code).toBe('INPUT_LIMIT');
});

test('the path of an error is short, whatever names a peer chose', () => {
  const name = `\n${'x'.repeat(10_000)}`;
  const error = errorOf(() => copyJson(Object.fromEntries([[name, Number.NaN]])));
  expect(error.path.length).toBeLessThanOrEqual(103);
  expect(error.message).not.toContain('\n');
});

describe('caches', () => {
  test('hold their capacity and no more, the most recently used last', () => {
    const cache = new BoundedCache<number, number>(100);
    for (let key = 0; key < 300; key++) {
      cache.set(key, key);
      cache.get(0);
      expect(cache.size).toBeLessThanOrEqual(100);
    }
    expect(cache.size).toBe(100);
    expect([cache.get(0), cache.get(200), cache.get(201), cache.get(299)]).toEqual([0, undefined, 201, 299]);
  });

  test('hold nothing where there is no room', () => {
    const cache = new BoundedCache<number, number>(0);
    cache.set(1, 1);
    expect([cache.size, cache.get(1)]).toEqual([0, undefined]);
  });

  test.each([-1, 1.5, Number.NaN, Infinity, '3'])('need a capacity that is one, and %p is none', (capacity) => {
    const error = errorOf(() => new BoundedCache(capacity as number));
    expect([error.code, error.path]).toEqual(['USAGE_ARGUMENT', 'capacity']);
  });

  test('of IDs: the most recent 4096 are the same objects when they come again, older ones are read anew', () => {
    const texts = Array.from({ length: 3 * 4096 }, (_, index) => `u${index}@00x0123456789abcdef`);
    const ids = texts.map((text) => context.ID.parse(text));
    const again = (index: number): boolean => context.ID.parse(texts.at(index)) === ids.at(index);
    expect([again(-1), again(-4096)]).toEqual([true, true]);
    expect([again(-4097), again(0)]).toEqual([false, false]);
    expect(ids.at(-4097)?.equals(context.ID.parse(texts.at(-4097)))).toBe(true);
  });

  test('of IDs hold no text that is refused', () => {
    const long = `${'n'.repeat(300)}@00x0123456789abcdef`;
    expect(errorOf(() => context.ID.parse(long)).code).toBe('INPUT_LIMIT');
    expect(errorOf(() => context.ID.parse(long)).code).toBe('INPUT_LIMIT');
  });
});

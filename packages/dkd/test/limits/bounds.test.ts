/** Bounds that no option moves. */
import { expect, test } from '@jest/globals';
import { readContentType, readSerialNumber } from '../../src/extend.ts';
import { errorOf } from '../world.ts';

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

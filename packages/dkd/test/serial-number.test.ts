import { expect, test } from '@jest/globals';
import { createSerialNumber, readSerialNumber } from '../src/index.ts';
import { errorOf } from './world.ts';

test.each([
  [1, 1],
  ['6', 6],
  [2 ** 53 - 1, 2 ** 53 - 1],
  ['9007199254740993', 9007199254740993n],
  [18446744073709551615n, 18446744073709551615n],
  [7n, 7],
])('reads %p', (input, sn) => {
  expect(readSerialNumber(input)).toBe(sn);
});

test.each([
  0,
  -1,
  -0,
  1.5,
  Number.NaN,
  2 ** 53,
  1e21,
  '',
  '0',
  '0x1f',
  '1e9',
  '12a',
  ' 1',
  '99999999999999999999',
  '9'.repeat(1e6),
  -1n,
  2n ** 64n,
  true,
  null,
  [1],
  {},
])('refuses %#', async (input) => {
  expect((await errorOf(() => readSerialNumber(input))).code).toMatch(/^INPUT_/);
});

test('new ones are 1 to 2^31 - 1 and differ', () => {
  const numbers = Array.from({ length: 1000 }, createSerialNumber);
  expect(numbers.every((sn) => Number.isInteger(sn) && sn >= 1 && sn < 2 ** 31)).toBe(true);
  expect(new Set(numbers).size).toBeGreaterThan(990);
});

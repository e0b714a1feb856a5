import { afterAll, beforeEach, describe, expect, jest, test } from '@jest/globals';
import { readSerialNumber } from '../../src/extend.ts';
import { createSerialNumber } from '../../src/index.ts';
import { errorOf } from '../world.ts';

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

describe('numbers that were drawn in advance', () => {
  const draws = jest.spyOn(crypto, 'getRandomValues');
  let [up, wall] = [0, 0];

  beforeEach(() => {
    [up, wall] = [5_000, 1_700_000_000_000];
    jest.spyOn(performance, 'now').mockImplementation(() => up);
    jest.spyOn(Date, 'now').mockImplementation(() => wall);
    createSerialNumber();
    draws.mockClear();
  });

  afterAll(() => {
    jest.restoreAllMocks();
  });

  test('are used for a second', () => {
    [up, wall] = [up + 1000, wall + 1000];
    createSerialNumber();
    expect(draws).not.toHaveBeenCalled();
  });

  test.each([
    ['a second by the one clock, as after the machine was restored', 1001, 0],
    ['a second by the other, as after it stood still', 0, 1001],
    ['a clock that was set back', 0, -1001],
  ])('are drawn anew after %s', (_what, upBy, wallBy) => {
    [up, wall] = [up + upBy, wall + wallBy];
    createSerialNumber();
    createSerialNumber();
    expect(draws).toHaveBeenCalledTimes(1);
  });

  test('are drawn anew by another process with the same memory', () => {
    jest.spyOn(performance, 'timeOrigin', 'get').mockReturnValue(performance.timeOrigin + 1);
    createSerialNumber();
    expect(draws).toHaveBeenCalledTimes(1);
  });
});

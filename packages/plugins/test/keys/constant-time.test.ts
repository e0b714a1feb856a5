/** Decisions without branches: each answer is a mask of all ones, or zero. */
import { expect, test } from '@jest/globals';
import { isLess, isZero, select } from '../../src/keys/constant-time.ts';

const LARGEST = 2 ** 30 - 1;

test('only zero is zero', () => {
  expect(isZero(0)).toBe(-1);
  for (const number of [1, 2, 255, 256, LARGEST]) expect(isZero(number)).toBe(0);
});

test('less is less, and equal is not', () => {
  for (const [one, other] of [
    [0, 1],
    [9, 10],
    [255, 256],
    [0, LARGEST],
  ] as const) {
    expect([isLess(one, other), isLess(other, one), isLess(one, one)]).toEqual([-1, 0, 0]);
  }
});

test('a mask chooses one of two numbers, whole', () => {
  expect([select(-1, 0b1010, 0b0101), select(0, 0b1010, 0b0101)]).toEqual([0b1010, 0b0101]);
  expect([select(-1, LARGEST, 0), select(0, LARGEST, 0), select(-1, 0, LARGEST)]).toEqual([LARGEST, 0, 0]);
});

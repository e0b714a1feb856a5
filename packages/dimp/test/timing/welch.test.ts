/** The statistics themselves: they must see a leak where there is one, and none where there is none. */
import { describe, expect, test } from '@jest/globals';
import { differences, sample, T_LIMIT, welch } from './welch.ts';

const SAMPLES = 2000;
const secret = new Uint8Array(64).fill(7);

/** Compares as one must not: it stops at the first byte that differs. */
function leakyEquals(one: Uint8Array, other: Uint8Array): boolean {
  for (let index = 0; index < one.length; index++) {
    if (work(one[index] ?? 0) !== work(other[index] ?? 0)) return false;
  }
  return true;
}

/** A little work for each byte, so that a loop of 64 rounds takes microseconds. */
function work(byte: number): number {
  let value = byte;
  for (let round = 0; round < 50; round++) value = ((value ^ round) * 31) & 0xffff;
  return value ^ byte;
}

describe('Welch', () => {
  test('gives the t of a textbook', () => {
    const one = Float64Array.of(27.5, 21, 19, 23.6, 17, 17.9, 16.9, 20.1, 21.9, 22.6, 23.1, 19.6, 19, 21.7, 21.4);
    const other = Float64Array.of(27.1, 22, 20.8, 23.4, 23.4, 23.5, 25.8, 22, 24.8, 20.2, 21.9, 22.1, 22.9, 30, 23.9);
    expect(welch(one, other)).toBeCloseTo(-2.8353, 3);
  });

  test('tells a comparison that stops early from one that does not', async () => {
    const early = secret.with(0, 8);
    const late = secret.with(63, 8);
    const leaky = await sample(
      { early: async () => leakyEquals(secret, early), late: async () => leakyEquals(secret, late) },
      SAMPLES,
    );
    expect(differences(leaky)[0]?.t).toBeGreaterThan(T_LIMIT);
  });

  test('crops both kinds at the same time', () => {
    const base = Float64Array.from({ length: 1000 }, (_, index) => index % 10);
    const noisy = base.map((value, index) => (index % 200 === 0 ? 1e6 : value));
    expect(
      differences(
        new Map([
          ['base', base],
          ['noisy', noisy],
        ]),
      )[0]?.t,
    ).toBeLessThan(T_LIMIT);
    expect(
      differences(
        new Map([
          ['base', base],
          ['slower', base.map((value) => value + 2)],
        ]),
      )[0]?.t,
    ).toBeGreaterThan(T_LIMIT);
  });
});

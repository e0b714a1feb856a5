/** Random bytes that are drawn in advance are given out once, soon, and by the process that drew them. */
import { describe, expect, test } from '@jest/globals';
import { NoncePool } from '../../src/backend/native/nonce-pool.ts';
import { randomBytes, randomNonce } from '../../src/backend/native/random-bytes.ts';
import { toHex } from '../fixtures.ts';

describe.each([
  ['keys', randomBytes],
  ['nonces', randomNonce],
])('bytes for %s', (_what, random) => {
  test('are not given out twice, whatever lengths are asked for', () => {
    const seen = new Set<string>();
    let count = 0;
    for (let round = 0; round < 500; round++) {
      for (const length of [32, 16, 64, 33, 17, 100]) {
        const bytes = random(length);
        expect(bytes).toHaveLength(length);
        // Eight at a time: the same place in what was drawn would show.
        for (let index = 0; index + 8 <= length; index += 8) {
          seen.add(toHex(bytes.subarray(index, index + 8)));
          count++;
        }
      }
    }
    expect(seen.size).toBe(count);
  });

  test('have memory of their own, and changing them changes no others', () => {
    const one = random(16);
    expect(one.buffer.byteLength).toBe(16);
    one.fill(0);
    expect(random(16)).not.toEqual(one);
  });

  test('are as many as are asked for, none and very many too', () => {
    expect(random(0)).toHaveLength(0);
    expect(new Set(random(100_000)).size).toBe(256);
  });
});

describe('a pool', () => {
  function setUp(): { pool: NoncePool; draws: () => number; state: { process: number; up: number; wall: number } } {
    const state = { process: 1, up: 5_000_000, wall: 1_700_000_000_000 };
    let draws = 0;
    const pool = new NoncePool({
      draw: (bytes) => bytes.fill(++draws),
      process: () => state.process,
      clocks: [() => state.up, () => state.wall],
    });
    return { pool, draws: () => draws, state };
  }

  test('is drawn once for many nonces', () => {
    const { pool, draws, state } = setUp();
    for (let count = 0; count < 64; count++) expect(pool.take(16)).toEqual(new Uint8Array(16).fill(1));
    state.up += 1000;
    state.wall += 1000;
    expect(draws()).toBe(1);
    expect(pool.take(16)).toEqual(new Uint8Array(16).fill(2));
  });

  test.each([
    ['a second by the one clock, as after the machine was restored', { up: 1001 }],
    ['a second by the other, as after it stood still', { wall: 1001 }],
    ['a clock that was set back', { wall: -1001 }],
    ['the start of another process with the same memory', { process: 1 }],
  ] as const)('is drawn anew after %s', (_what, change) => {
    const { pool, state } = setUp();
    expect(pool.take(16)).toEqual(new Uint8Array(16).fill(1));
    for (const [name, difference] of Object.entries(change)) state[name as keyof typeof state] += difference;
    expect(pool.take(16)).toEqual(new Uint8Array(16).fill(2));
    expect(pool.take(16)).toEqual(new Uint8Array(16).fill(2));
  });

  test('holds nothing after it was told to forget', () => {
    const { pool } = setUp();
    pool.take(16);
    pool.forget();
    expect(pool.take(16)).toEqual(new Uint8Array(16).fill(2));
  });
});

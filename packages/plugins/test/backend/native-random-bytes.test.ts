/** Random bytes that are drawn in advance are given out once. */
import { expect, test } from '@jest/globals';
import { randomBytes } from '../../src/backend/native/random-bytes.ts';
import { toHex } from '../fixtures.ts';

test('no bytes are given out twice, whatever lengths are asked for', () => {
  const seen = new Set<string>();
  let count = 0;
  for (let round = 0; round < 500; round++) {
    for (const length of [32, 16, 64, 33, 17, 100]) {
      const bytes = randomBytes(length);
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

test('bytes have memory of their own, and changing them changes no others', () => {
  const one = randomBytes(16);
  expect(one.buffer.byteLength).toBe(16);
  one.fill(0);
  expect(randomBytes(16)).not.toEqual(one);
});

test('as many as are asked for, none and very many too', () => {
  expect(randomBytes(0)).toHaveLength(0);
  expect(new Set(randomBytes(100_000)).size).toBe(256);
});

/** Changes to bytes. */
import { Buffer } from 'node:buffer';
import { WORDS } from './dictionary.ts';
import type { Random } from './random.ts';

const EDGES = [0x00, 0x01, 0x7f, 0x80, 0x81, 0x82, 0xff, 0x22, 0x5c, 0x30, 0x3d];

/** Bytes with a change. */
export function mutateBytes(input: Uint8Array, random: Random, other: Uint8Array): Uint8Array {
  const at = random.below(input.length + 1);
  const count = 1 + random.below(random.oneIn(4) ? 64 : 4);
  switch (random.below(9)) {
    case 0:
      return replaced(input, at, 1, [(input[at] ?? 0) ^ (1 << random.below(8))]);
    case 1:
      return replaced(input, at, 1, [random.below(256)]);
    case 2:
      return replaced(input, at, random.below(2), [random.pick(EDGES)]);
    case 3:
      return replaced(input, at, count, []);
    case 4:
      return input.slice(0, at);
    case 5:
      return replaced(input, at, 0, input.subarray(at, at + count));
    case 6: {
      const from = random.below(other.length + 1);
      return replaced(input, at, random.below(count), other.subarray(from, from + count * 4));
    }
    case 7:
      return replaced(input, at, 1, [(input[at] ?? 0) + (random.oneIn(2) ? 1 : 255)]);
    default:
      return replaced(input, at, random.below(4), Buffer.from(random.pick(WORDS)));
  }
}

function replaced(input: Uint8Array, at: number, count: number, by: ArrayLike<number>): Uint8Array {
  const end = Math.min(input.length, at + count);
  const output = new Uint8Array(at + by.length + input.length - end);
  output.set(input.subarray(0, at));
  output.set(by, at);
  output.set(input.subarray(end), at + by.length);
  return output;
}

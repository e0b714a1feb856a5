/** Chance that is the same each time, by a seed and a place. */
import { createHash } from 'node:crypto';

/** Numbers below 2 ** 32. */
export function* chance(seed: number, place: string): Generator<number, never> {
  for (let count = 0; ; count++) {
    const digest = createHash('sha256').update(`${seed} ${place} ${count}`).digest();
    for (let offset = 0; offset < digest.length; offset += 4) yield digest.readUInt32BE(offset);
  }
}

/** A number below a limit. */
export function below(numbers: Generator<number, never>, limit: number): number {
  return numbers.next().value % limit;
}

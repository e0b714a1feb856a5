/** Random choices that the same seed makes again. */
import { uniformInt } from 'pure-rand/distribution/uniformInt';
import { xoroshiro128plus } from 'pure-rand/generator/xoroshiro128plus';

/** A source of choices. */
export interface Random {
  /** A whole number from 0 to `limit` less one; 0 for a limit of 0. */
  below(limit: number): number;
  /** True once in `times` on average. */
  oneIn(times: number): boolean;
  /** One of a list that is not empty. */
  pick<T>(list: readonly T[]): T;
}

export function createRandom(seed: number): Random {
  const generator = xoroshiro128plus(seed);
  function below(limit: number): number {
    return limit <= 1 ? 0 : uniformInt(generator, 0, limit - 1);
  }
  return {
    below,
    oneIn: (times) => below(times) === 0,
    pick<T>(list: readonly T[]): T {
      if (list.length === 0) throw new RangeError('nothing to pick from');
      return list[below(list.length)] as T;
    },
  };
}

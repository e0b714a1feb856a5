/**
 * Several ways to do the same, measured in turns: a short slice each, round after round. Whatever else the machine
 * does meanwhile slows all of them, so that the ratios hold where the times do not.
 */
import { measure } from 'mitata';

/** One way to do it. */
export interface Contender {
  readonly name: string;
  /** Does it once. */
  run(): unknown;
  /** How many times one run does it; 1, if not given. */
  readonly times?: number;
}

/** How long to measure. */
export interface Effort {
  readonly rounds: number;
  /** Milliseconds of each slice. */
  readonly slice: number;
}

/** The median over all rounds, in runs a second, by the contender's name. */
export type Rates = ReadonlyMap<string, number>;

/** Measures the contenders in turns. */
export async function compare(contenders: readonly Contender[], effort: Effort): Promise<Rates> {
  const rates = new Map(contenders.map(({ name }): [string, number[]] => [name, []]));
  for (let round = -1; round < effort.rounds; round++) {
    // Whoever comes after a garbage collection would be favored: everybody is first at times.
    for (let index = 0; index < contenders.length; index++) {
      const contender = contenders[(index + Math.max(round, 0)) % contenders.length];
      if (contender === undefined) continue;
      const rate = await rateOf(contender, effort.slice);
      // The first round warms up.
      if (round >= 0) rates.get(contender.name)?.push(rate);
    }
  }
  return new Map([...rates].map(([name, values]) => [name, median(values)]));
}

async function rateOf(contender: Contender, slice: number): Promise<number> {
  const { avg } = await measure(() => contender.run(), {
    min_cpu_time: slice * 1e6,
    min_samples: 2,
    max_samples: 1e6,
    // What takes less than five microseconds is measured a thousand at a time.
    batch_threshold: 5000,
    batch_samples: 1024,
    warmup_threshold: 100_000,
    warmup_samples: 50,
    inner_gc: false,
    gc: false,
  });
  return (1e9 / avg) * (contender.times ?? 1);
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((one, other) => one - other);
  const middle = sorted.length >> 1;
  const [low, high] = [sorted[sorted.length % 2 === 0 ? middle - 1 : middle], sorted[middle]];
  return ((low ?? Number.NaN) + (high ?? Number.NaN)) / 2;
}

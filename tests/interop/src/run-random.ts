/** The random part: kept seeds first, then as many new ones as are asked for. */
import { isFromPeer, randomScenario, type IsKnown } from './random-scenario.ts';
import { runScenario, type Meeting, type Result } from './run.ts';
import { keepSeed, keptSeeds } from './seeds.ts';

/** How many, and which. */
export interface RandomOptions {
  /** The first seed; the others follow it. */
  readonly seed: number;
  readonly count: number;
  /** Where failing seeds are kept. */
  readonly seedsFile: string;
}

/** Runs random scenarios. A failing seed is kept; alone it fails again with `--seed N --count 1`. */
export async function* runRandom(meeting: Meeting, options: RandomOptions, isKnown: IsKnown): AsyncGenerator<Result> {
  const fresh = Array.from({ length: options.count }, (_, index) => options.seed + index);
  for (const seed of new Set([...keptSeeds(options.seedsFile), ...fresh])) {
    const scenario = randomScenario(seed, isKnown);
    const direction = isFromPeer(seed) ? 'from peer' : 'to peer';
    const result = await runScenario(meeting, scenario, direction);
    if (result.outcome === 'differs') keepSeed(options.seedsFile, seed);
    yield { part: scenario.part, name: scenario.name, direction, ...result };
  }
}

/** All exchanges with one peer. */
import { judge, type Judged } from './judge.ts';
import { isKnownRow } from './known-differences.ts';
import type { PeerReport } from './matrix.ts';
import { createOwnSide } from './own/own-side.ts';
import type { Peer } from './peers.ts';
import { RANDOM_PART } from './random-scenario.ts';
import { runRandom, type RandomOptions } from './run-random.ts';
import { meet, runScenarios, type Result } from './run.ts';
import { SCENARIOS } from './scenarios/all.ts';
import { BrokenSide, type Side } from './side.ts';

/** What to exchange. */
export interface RunOptions extends RandomOptions {
  /** Only the parts with this in their names; the random one is `Random`. */
  readonly only: string | undefined;
}

/**
 * Exchanges everything with a peer.
 * @param print takes a line for each difference, and one at the end
 */
export async function exchangeWith(
  peer: Peer,
  options: RunOptions,
  print: (line: string) => void,
): Promise<PeerReport> {
  const begin = performance.now();
  const side = await peer.start();
  const { name, about } = peer;
  const { versions } = side.introduction;
  const results: Judged[] = [];
  let broken: string | undefined;
  try {
    for await (const result of exchanges(name, side, options)) {
      const judged = judge(name, result);
      results.push(judged);
      if (judged.verdict === 'differs')
        print(`${name}: ${judged.part}, ${judged.name}, ${judged.direction}: ${judged.reason ?? ''}`);
    }
  } catch (error) {
    if (!(error instanceof BrokenSide)) throw error;
    broken = error.message;
    print(`${name}: ${error.message}`);
  } finally {
    await side.stop();
  }
  const random = results.filter(({ part }) => part === RANDOM_PART).length;
  const seconds = ((performance.now() - begin) / 1000).toFixed(1);
  print(`${name}: ${results.length} exchanges, ${random} of them random (${seconds} s)`);
  return { name, about, versions, results, ...(broken !== undefined && { broken }) };
}

async function* exchanges(name: string, side: Side, options: RunOptions): AsyncGenerator<Result> {
  const { only = '' } = options;
  const chosen = SCENARIOS.filter(({ part }) => part.includes(only));
  const meeting = meet(createOwnSide(), side);
  yield* runScenarios(meeting, chosen);
  if (RANDOM_PART.includes(only)) yield* runRandom(meeting, options, (part, row) => isKnownRow(name, part, row));
}

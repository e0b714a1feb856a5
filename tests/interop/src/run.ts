/** Runs scenarios in both directions and says what came of each. */
import { Difference, type Exchange } from './exchange.ts';
import type { Scenario } from './scenario.ts';
import { BrokenSide, Refusal, Unsupported, type Side } from './side.ts';
import { World } from './world.ts';

/**
 * - `pass`: understood.
 * - `refused`: not accepted, as it should be.
 * - `differs`: anything else.
 * - `none`: there is no such thing in this direction: the writer does not write it.
 * - `theirs`: whether the peer refuses it is the peer's own matter.
 */
export type Outcome = 'pass' | 'refused' | 'differs' | 'none' | 'theirs';

/** Who writes. */
export type Direction = 'to peer' | 'from peer';

export const DIRECTIONS: readonly Direction[] = ['to peer', 'from peer'];

/** What came of one scenario with one peer in one direction. */
export interface Result {
  readonly part: string;
  readonly name: string;
  readonly direction: Direction;
  readonly outcome: Outcome;
  /** What differs. */
  readonly reason?: string;
}

/** Two sides and what they know of each other. */
export interface Meeting {
  readonly own: Side;
  readonly peer: Side;
  readonly world: World;
}

/** This library meets a peer for the first time. */
export function meet(own: Side, peer: Side): Meeting {
  return { own, peer, world: new World(own, peer) };
}

/** Who writes and who reads in a direction. */
export function exchangeIn({ own, peer, world }: Meeting, direction: Direction): Exchange {
  const [writer, reader] = direction === 'to peer' ? [own, peer] : [peer, own];
  return { writer, reader, world };
}

/** Runs each scenario both ways. The people are the same in all of them. */
export async function* runScenarios(meeting: Meeting, scenarios: readonly Scenario[]): AsyncGenerator<Result> {
  for (const scenario of scenarios) {
    for (const direction of DIRECTIONS) {
      const { part, name } = scenario;
      yield { part, name, direction, ...(await runScenario(meeting, scenario, direction)) };
    }
  }
}

/** What came of one scenario in one direction. @throws BrokenSide when there is no use in going on */
export async function runScenario(
  meeting: Meeting,
  scenario: Scenario,
  direction: Direction,
): Promise<Pick<Result, 'outcome' | 'reason'>> {
  const isRefusal = scenario.expect === 'refuse';
  try {
    await scenario.run(exchangeIn(meeting, direction));
    return { outcome: isRefusal ? 'refused' : 'pass' };
  } catch (error) {
    if (error instanceof BrokenSide) throw error;
    if (error instanceof Unsupported) return { outcome: 'none', reason: error.message };
    if (isRefusal && direction === 'to peer' && error instanceof Difference) return { outcome: 'theirs' };
    return { outcome: 'differs', reason: reasonOf(error) };
  }
}

function reasonOf(error: unknown): string {
  if (error instanceof Refusal) return `refused: ${error.message}`;
  return error instanceof Error ? error.message : String(error);
}

/** Runs the scenarios in both directions over each transport, in one living network. */
import type { Judged } from '../judge.ts';
import type { PeerReport } from '../matrix.ts';
import { DIRECTIONS } from '../run.ts';
import { BY_HAND_SCENARIOS } from './by-hand/scenarios.ts';
import { runByHand } from './by-hand/run-by-hand.ts';
import { FRAMINGS } from './by-hand/frames.ts';
import { comePeers, greet, meetingOf, type Cast, type Meeting } from './cast.ts';
import { BY_HAND_PART, NETWORK_PART } from './known-differences.ts';
import { LivingNetwork } from './living-network.ts';
import { castOf, TRANSPORTS } from './own-cast.ts';
import { checkOnce } from './person.ts';
import { MAX_MINUTES, runRow, secondsSince, showDifference, type RowRun } from './run-row.ts';
import { NETWORK_SCENARIOS, type NetworkScenario } from './scenarios.ts';
import type { StationName } from './station-program.ts';
import { LAST_SCENARIOS, STATION_SCENARIOS } from './station-scenarios.ts';

/** What to run. */
export interface NetworkOptions {
  /** An interpreter that has the packages. */
  readonly python: string;
  /** The station in the middle. */
  readonly station: StationName;
  /** Only the rows with this in their names; all of them, where it is in the name of the part. */
  readonly only: string | undefined;
  /** Whether to leave one transport out where the station is theirs. */
  readonly quick?: boolean;
  /** Takes a line for each difference, with what the programs said meanwhile, and one at the end. */
  readonly print: (line: string) => void;
}

/**
 * One report for each transport of this library, and for our own station, one for each framing by hand.
 * @throws UnavailablePeer for the peer's station without a Redis server
 */
export async function runNetwork({
  python,
  station,
  only = '',
  quick = false,
  print,
}: NetworkOptions): Promise<readonly PeerReport[]> {
  const begin = performance.now();
  const chosen = <T extends { readonly name: string }>(part: string, all: readonly T[]): readonly T[] =>
    all.filter(({ name }) => name.includes(only) || part.includes(only));
  const scenarios = chosen(NETWORK_PART, [...NETWORK_SCENARIOS, ...STATION_SCENARIOS]);
  const last = chosen(NETWORK_PART, LAST_SCENARIOS);
  const byHand = station === 'dimstation' ? chosen(BY_HAND_PART, BY_HAND_SCENARIOS) : [];
  if (scenarios.length + last.length + byHand.length === 0) return [];
  const network = await LivingNetwork.start(python, station);
  const reports: PeerReport[] = [];
  try {
    const peers = await comePeers(network);
    await greet(peers);
    const { versions } = peers.alice;
    const deadline = begin + MAX_MINUTES * 60_000;
    const report = async (peer: string, about: string, results: (run: RowRun) => AsyncGenerator<Judged>) => {
      const found = await reportOf({ network, among: station, peer, deadline, print }, results);
      return { ...found, about, versions };
    };
    for (const transport of TRANSPORTS.slice(quick && station === 'dimples' ? -1 : 0)) {
      const rows = transport === TRANSPORTS.at(-1) ? [...scenarios, ...last] : scenarios;
      if (rows.length === 0) continue;
      const results = async function* (run: RowRun): AsyncGenerator<Judged> {
        yield* resultsOf(run, await castOf(network, peers, transport), rows);
      };
      reports.push(await report(transport, `this library over ${transport}`, results));
    }
    if (byHand.length > 0) {
      const runs = FRAMINGS.map(async (framing) => {
        const play = (run: RowRun) => runByHand(run, { framing, peer: peers.alice, scenarios: byHand });
        return report(`${framing} by hand`, `${framing} without a client`, play);
      });
      reports.push(...(await Promise.all(runs)));
    }
  } finally {
    await network.stop();
  }
  print(`through ${station}: ${reports.flatMap(({ results }) => results).length} scenarios (${secondsSince(begin)} s)`);
  return reports;
}

/** What came of all rows of one column, as far as it came. */
export async function reportOf(
  run: RowRun,
  resultsIn: (run: RowRun) => AsyncGenerator<Judged>,
): Promise<Pick<PeerReport, 'name' | 'results' | 'broken'>> {
  const { network, peer, print } = run;
  const place = network.journal.end;
  const results: Judged[] = [];
  try {
    for await (const result of resultsIn(run)) results.push(result);
    return { name: peer, results };
  } catch (error) {
    // Whoever does not come, or ends, ends this column.
    const broken = error instanceof Error ? error.message : String(error);
    showDifference(network, place, `${peer}: ${broken}`, print);
    return { name: peer, results, broken };
  }
}

async function* resultsOf(run: RowRun, cast: Cast, scenarios: readonly NetworkScenario[]): AsyncGenerator<Judged> {
  const written: string[] = [];
  const words: Meeting['words'] = (about) => {
    const text = `${about} (${run.peer}, ${written.length + 1})`;
    written.push(text);
    return text;
  };
  const { nora, mia, alice, bob, carol } = cast;
  const last: NetworkScenario = {
    name: 'each text is read once',
    run: async ({ first }) => checkOnce(first === nora ? [alice, bob, ...carol] : [nora, ...mia], written),
  };
  for (const scenario of [...scenarios, last])
    for (const direction of DIRECTIONS)
      yield await runRow(run, {
        part: NETWORK_PART,
        name: scenario.name,
        direction,
        run: async () => scenario.run(meetingOf(cast, direction, words)),
      });
}

/** Runs the scenarios in both directions over each transport, in one living network. */
import { Difference } from '../exchange.ts';
import { judge, type Judged } from '../judge.ts';
import type { PeerReport } from '../matrix.ts';
import { DIRECTIONS, type Result } from '../run.ts';
import { BrokenSide } from '../side.ts';
import { comePeers, greet, meetingOf, type Cast, type Meeting, type Peers } from './cast.ts';
import { NETWORK_DIFFERENCES, NETWORK_PART } from './known-differences.ts';
import { LivingNetwork } from './living-network.ts';
import { castOf, TRANSPORTS, type TransportName } from './own-cast.ts';
import type { Person } from './person.ts';
import { NETWORK_SCENARIOS, type NetworkScenario } from './scenarios.ts';
import type { StationName } from './station-program.ts';

/** What to run. */
export interface NetworkOptions {
  /** An interpreter that has the packages. */
  readonly python: string;
  /** The station in the middle. */
  readonly station: StationName;
  /** Only the rows with this in their names; all of them, where it is in the name of the part. */
  readonly only: string | undefined;
  /** Takes a line for each difference, with what the programs said meanwhile, and one at the end. */
  readonly print: (line: string) => void;
}

/** A run that takes longer is ended. It takes a third of this on two busy cores. */
const MAX_MINUTES = 6;
/** How much of the journal is shown for a failure. */
const SHOWN_LINES = 60;

/**
 * One report for each transport.
 * @throws UnavailablePeer for the peer's station without a Redis server
 */
export async function runNetwork({
  python,
  station,
  only = '',
  print,
}: NetworkOptions): Promise<readonly PeerReport[]> {
  const begin = performance.now();
  const scenarios = NETWORK_SCENARIOS.filter(({ name }) => name.includes(only) || NETWORK_PART.includes(only));
  if (scenarios.length === 0) return [];
  const network = await LivingNetwork.start(python, station);
  const reports: PeerReport[] = [];
  try {
    const peers = await comePeers(network);
    await greet(peers);
    for (const transport of TRANSPORTS) {
      const deadline = begin + MAX_MINUTES * 60_000;
      reports.push(await runTransport({ network, peers, station, transport, scenarios, deadline, print }));
    }
  } finally {
    await network.stop();
  }
  print(`through ${station}: ${reports.flatMap(({ results }) => results).length} scenarios (${secondsSince(begin)} s)`);
  return reports;
}

interface TransportRun extends Pick<NetworkOptions, 'station' | 'print'> {
  readonly network: LivingNetwork;
  readonly peers: Peers;
  readonly transport: TransportName;
  readonly scenarios: readonly NetworkScenario[];
  readonly deadline: number;
}

async function runTransport(run: TransportRun): Promise<PeerReport> {
  const { network, peers, transport, print } = run;
  const place = network.journal.end;
  const report = { name: transport, about: `this library over ${transport}`, versions: peers.alice.versions };
  const results: Judged[] = [];
  try {
    for await (const result of resultsOf(run, await castOf(network, peers, transport))) results.push(result);
    return { ...report, results };
  } catch (error) {
    // Whoever does not come, or ends, ends this transport.
    const broken = error instanceof Error ? error.message : String(error);
    print(`${transport}: ${broken}`);
    for (const line of network.journal.since(place, SHOWN_LINES)) print(`  ${line}`);
    return { ...report, results, broken };
  }
}

async function* resultsOf(run: TransportRun, cast: Cast): AsyncGenerator<Judged> {
  const { network, station, transport, scenarios, deadline, print } = run;
  const written: string[] = [];
  const words = (about: string): string => {
    const text = `${about} (${transport}, ${written.length + 1})`;
    written.push(text);
    return text;
  };
  const { nora, mia, alice, bob, carol } = cast;
  const last: NetworkScenario = {
    name: 'each text is read once',
    run: async ({ first }) => checkOnce(first === nora ? [alice, bob, ...carol] : [nora, ...mia], written),
  };
  for (const scenario of [...scenarios, last]) {
    for (const direction of DIRECTIONS) {
      if (performance.now() > deadline) throw new BrokenSide(`it takes longer than ${MAX_MINUTES} minutes`);
      const [begin, place] = [performance.now(), network.journal.end];
      const outcome = await outcomeOf(scenario, meetingOf(cast, direction, words));
      const result = { part: NETWORK_PART, name: scenario.name, direction, ...outcome };
      const judged = judge(transport, result, NETWORK_DIFFERENCES[station]);
      network.journal.add('test', `${scenario.name}, ${direction}: ${judged.verdict} (${secondsSince(begin)} s)`);
      if (judged.verdict === 'differs') {
        print(`${transport}: ${scenario.name}, ${direction}: ${judged.reason ?? ''}`);
        for (const line of network.journal.since(place, SHOWN_LINES)) print(`  ${line}`);
      }
      yield judged;
    }
  }
}

async function outcomeOf(scenario: NetworkScenario, meeting: Meeting): Promise<Pick<Result, 'outcome' | 'reason'>> {
  try {
    await scenario.run(meeting);
    return { outcome: 'pass' };
  } catch (error) {
    if (error instanceof BrokenSide) throw error;
    return { outcome: 'differs', reason: error instanceof Error ? error.message : String(error) };
  }
}

/** Whoever should read a text was waited for; here, that nobody read one again. */
function checkOnce(readers: readonly Person[], texts: readonly string[]): void {
  for (const reader of readers) {
    for (const text of texts) {
      const times = reader.timesRead(text);
      if (times > 1) throw new Difference(`${reader.name} reads "${text.slice(0, 40)}" ${times} times`);
    }
  }
}

function secondsSince(begin: number): string {
  return ((performance.now() - begin) / 1000).toFixed(1);
}

/** Runs the rows between two stations, over the connection that each side makes. */
import type { Judged } from '../../judge.ts';
import type { PeerReport } from '../../matrix.ts';
import { DIRECTIONS } from '../../run.ts';
import { BRIDGE_PART } from '../known-differences.ts';
import { LivingNetwork } from '../living-network.ts';
import { checkOnce } from '../person.ts';
import { reportOf } from '../run-network.ts';
import { MAX_MINUTES, runRow, secondsSince, type RowRun } from '../run-row.ts';
import { bridgeMeetingOf, comeResidents, comeStranger, joinStations, joinByOurs, lookUp } from './neighbors.ts';
import type { Neighbors, Residents } from './neighbors.ts';
import { APART_SCENARIOS, BRIDGE_SCENARIOS, FEW_SCENARIOS, MOVING, type BridgeScenario } from './scenarios.ts';

/** What to run. */
export interface BridgeRunOptions {
  /** An interpreter that has the packages. */
  readonly python: string;
  /** Only the rows with this in their names; all of them, where it is in the name of the part. */
  readonly only: string | undefined;
  /** Whether to leave out what takes long: what is waited for in vain, and most of what goes over the peer's bridge. */
  readonly quick: boolean;
  readonly print: (line: string) => void;
}

/** Who has made the connection. */
const BRIDGES = ['octopus', 'dimstation'] as const;

/**
 * One report for each side that may have made the connection.
 * @throws UnavailablePeer without a Redis server
 */
export async function runBridge({ python, only = '', quick, print }: BridgeRunOptions): Promise<readonly PeerReport[]> {
  const begin = performance.now();
  const isChosen = ({ name }: BridgeScenario): boolean => name.includes(only) || BRIDGE_PART.includes(only);
  const rows = {
    octopus: quick ? FEW_SCENARIOS : [...BRIDGE_SCENARIOS, MOVING],
    dimstation: [...BRIDGE_SCENARIOS, ...(quick ? [] : [MOVING]), ...APART_SCENARIOS],
  };
  if (!rows.dimstation.some(isChosen)) return [];
  const network = await LivingNetwork.start(python, 'dimples');
  const reports: PeerReport[] = [];
  try {
    const neighbors = await joinStations(network);
    const residents = await comeResidents(neighbors);
    const deadline = begin + MAX_MINUTES * 60_000;
    for (const bridge of BRIDGES) {
      if (bridge === 'dimstation') await joinByOurs(neighbors);
      const run = { network, among: 'bridge', peer: bridge, deadline, print } as const;
      const found = await reportOf(run, () => resultsOf(run, neighbors, residents, rows[bridge].filter(isChosen)));
      const about = `two stations, connected by ${bridge}`;
      reports.push({ ...found, about, versions: residents.alice.versions });
    }
  } finally {
    await network.stop();
  }
  print(`over bridges: ${reports.flatMap(({ results }) => results).length} scenarios (${secondsSince(begin)} s)`);
  return reports;
}

async function* resultsOf(
  run: RowRun,
  neighbors: Neighbors,
  residents: Residents,
  scenarios: readonly BridgeScenario[],
): AsyncGenerator<Judged> {
  const written: string[] = [];
  const words = (about: string): string => {
    const text = `${about} (${run.peer}, ${written.length + 1})`;
    written.push(text);
    return text;
  };
  const cast = { ...residents, nora: await comeStranger(neighbors, `nora-${run.peer}`) };
  await lookUp(residents.bob, cast.nora.id);
  const last: BridgeScenario = {
    name: 'each text is read once',
    run: async ({ first, second }) => checkOnce([first, second], written),
  };
  for (const scenario of [...scenarios, last])
    for (const direction of scenario.directions ?? DIRECTIONS)
      yield await runRow(run, {
        part: BRIDGE_PART,
        name: scenario.name,
        direction,
        run: async () => scenario.run(bridgeMeetingOf(neighbors, cast, direction, words)),
      });
}

/** Runs the rows of the page, through the peer's station and through ours. */
import { openBrowser } from 'web/browser';
import { UnavailablePeer } from '../../install.ts';
import type { Judged } from '../../judge.ts';
import type { PeerReport } from '../../matrix.ts';
import { DIRECTIONS } from '../../run.ts';
import type { DimplesPerson } from '../dimples-person.ts';
import { PAGE_PART } from '../known-differences.ts';
import { LivingNetwork } from '../living-network.ts';
import { checkOnce } from '../person.ts';
import { reportOf } from '../run-network.ts';
import { MAX_MINUTES, runRow, secondsSince, type RowRun } from '../run-row.ts';
import { STATIONS, type StationName } from '../station-program.ts';
import { showPage } from './built-page.ts';
import { PagePerson, type Browser } from './page-person.ts';
import { PAGE_SCENARIOS, type PageMeeting, type PageScenario } from './scenarios.ts';

/** What to run. */
export interface PageRunOptions {
  /** An interpreter that has the packages. */
  readonly python: string;
  /** Only the rows with this in their names; all of them, where it is in the name of the part. */
  readonly only: string | undefined;
  readonly print: (line: string) => void;
}

/**
 * One report for each station.
 * @throws UnavailablePeer without a browser, or where there is no Redis server for the peer's station
 */
export async function runPage({ python, only = '', print }: PageRunOptions): Promise<readonly PeerReport[]> {
  const begin = performance.now();
  const rows = PAGE_SCENARIOS.filter(({ name }) => name.includes(only) || PAGE_PART.includes(only));
  if (rows.length === 0) return [];
  const browser = await openBrowser().catch((error: unknown) => {
    throw new UnavailablePeer(`no browser: ${error instanceof Error ? error.message : String(error)}`);
  });
  try {
    const deadline = begin + MAX_MINUTES * 60_000;
    const reports: PeerReport[] = [];
    // One after the other: a browser takes what there is of processors.
    for (const station of STATIONS) reports.push(await reportAt(station, { browser, python, rows, deadline, print }));
    print(`with the page: ${reports.flatMap(({ results }) => results).length} scenarios (${secondsSince(begin)} s)`);
    return reports;
  } finally {
    await browser.close();
  }
}

interface Place extends Pick<RowRun, 'deadline' | 'print'> {
  readonly browser: Browser;
  readonly python: string;
  readonly rows: readonly PageScenario[];
}

async function reportAt(station: StationName, { browser, python, rows, deadline, print }: Place): Promise<PeerReport> {
  const network = await LivingNetwork.start(python, station);
  try {
    const [alice, bob] = [
      network.person({ name: 'alice', metaType: '4' }),
      network.person({ name: 'bob', metaType: '2' }),
    ];
    const url = showPage(network.files, network.station);
    const run = { network, among: 'page', peer: station, deadline, print } as const;
    const found = await reportOf(run, async function* () {
      await Promise.all([alice.comeBack(), bob.comeBack()]);
      const page = network.keep(await PagePerson.come(browser, 'Petra', url));
      yield* resultsOf(run, { page, alice, bob }, rows);
    });
    return { ...found, about: `the page, through ${station}`, versions: alice.versions };
  } finally {
    await network.stop();
  }
}

interface Cast {
  readonly page: PagePerson;
  readonly alice: DimplesPerson;
  readonly bob: DimplesPerson;
}

async function* resultsOf(
  run: RowRun,
  { page, alice, bob }: Cast,
  scenarios: readonly PageScenario[],
): AsyncGenerator<Judged> {
  const written: string[] = [];
  const words: PageMeeting['words'] = (about) => {
    const text = `${about} (${run.peer}, ${written.length + 1})`;
    written.push(text);
    return text;
  };
  const last: PageScenario = {
    name: 'each text is read once, and the browser complains of nothing',
    runs: {
      'to peer': async () => checkOnce([alice, bob], written),
      'from peer': async () => {
        await checkOnce([page], written);
        page.checkFaults();
      },
    },
  };
  for (const { name, runs } of [...scenarios, last])
    for (const direction of DIRECTIONS) {
      const play = runs[direction];
      if (play === undefined) continue;
      const peer = direction === 'to peer' ? alice : bob;
      yield await runRow(run, { part: PAGE_PART, name, direction, run: async () => play({ page, peer, words }) });
    }
}

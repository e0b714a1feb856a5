/** Exchanges with all peers that are chosen, and tells what came of it. */
import type { Values } from 'runner/command';
import { ofOption } from 'runner/usage-error';
import type { INTEROP } from './command.ts';
import { DOCUMENT_FILE, writeDocument } from './document.ts';
import { exchangeWith, type RunOptions } from './exchange-with.ts';
import { count } from './judge.ts';
import { printMatrix, type PeerReport } from './matrix.ts';
import { NETWORK_PEER_NAMES, NETWORKS } from './peer-names.ts';
import { knownPeers, programPeer } from './peers.ts';
import { UnavailablePeer } from './install.ts';
import { writeNetwork } from './network/document.ts';
import { runBridge } from './network/bridge/run-bridge.ts';
import { runPage } from './network/page/run-page.ts';
import { runNetwork } from './network/run-network.ts';
import type { NetworkName } from './network/station-program.ts';
import { preparePython } from './python-environment.ts';
import { RANDOM_PART } from './random-scenario.ts';
import { checkOnly } from './row-names.ts';

/** Prints a line for each difference, the matrix, and the counts. @returns whether nothing failed */
export async function exchangeWithPeers(values: Values<typeof INTEROP.options>): Promise<boolean> {
  const { peer: names, program, latest, cache, python } = values;
  const everybody = knownPeers({ latest, cache, python });
  const chosenNetworks = program === undefined ? NETWORK_PEER_NAMES.filter((name) => names.includes(name)) : [];
  const peers = program === undefined ? everybody.filter(({ name }) => names.includes(name)) : [programPeer(program)];
  const chosen = { adapters: peers.length > 0, networks: chosenNetworks };
  ofOption('only', () => checkOnly(values.only ?? '', chosen));
  const options: RunOptions = {
    // A new one in each run, as tests with random input have: a failing one is printed and kept.
    seed: values.seed ?? Math.floor(Math.random() * 0x7fff_ffff),
    count: values.count,
    only: values.only,
    seedsFile: values['seeds-file'],
  };

  const print = (line: string): void => console.log(line);
  const reports: PeerReport[] = [];
  const skipped: string[] = [];
  if (peers.length > 0) print(`random scenarios: --seed ${options.seed} --count ${options.count}`);
  for (const peer of peers) {
    // One after the other: each takes a whole processor.
    const report = await orSkip(peer.name, async () => exchangeWith(peer, options, print));
    if (report !== undefined) reports.push(report);
  }
  const networks: (readonly [NetworkName, readonly PeerReport[]])[] = [];
  // Their people wait for each other most of the time.
  const meetings = chosenNetworks.map(async (name) => orSkip(name, async () => meetNetwork(NETWORKS[name])));
  for (const [index, met] of (await Promise.all(meetings)).entries()) {
    const name = chosenNetworks[index];
    if (met !== undefined && name !== undefined) networks.push([NETWORKS[name], met]);
  }

  const all = [...reports, ...networks.flatMap(([, met]) => met)];
  const results = all.flatMap((report) => report.results);
  const broken = all.filter((report) => report.broken !== undefined).length;
  const { passed, failed } = count(results);
  const known = results.filter(({ verdict }) => verdict === 'known').length;
  for (const matrix of [withoutRandom(reports), ...networks.map(([, met]) => met)])
    if (matrix.length > 0) print(printMatrix(matrix));
  if (known > 0) print(`${known} known differences, in docs/interop.md`);
  const isWhole = options.only === undefined && !latest && !values.quick && broken === 0;
  if (isWhole && reports.length === everybody.length) writeDocument(DOCUMENT_FILE, withoutRandom(reports));
  for (const [network, met] of networks) if (isWhole && met.length > 0) writeNetwork(DOCUMENT_FILE, network, met);
  print(`${passed} passed, ${failed + broken} failed`);
  // Nothing at all is no success, but where there was nobody to exchange with.
  return failed + broken === 0 && (passed > 0 || skipped.length === peers.length + chosenNetworks.length);

  async function meetNetwork(name: NetworkName): Promise<readonly PeerReport[]> {
    const interpreter = preparePython({ requirements: 'newest', latest, cache, python });
    const run = { python: interpreter, only: options.only, quick: values.quick, print };
    if (name === 'page') return runPage(run);
    return name === 'bridge' ? runBridge(run) : runNetwork({ ...run, station: name });
  }

  /** Runs, or says why nobody is there to run with. */
  async function orSkip<T>(name: string, run: () => Promise<T>): Promise<T | undefined> {
    try {
      return await run();
    } catch (error) {
      if (!(error instanceof UnavailablePeer)) throw error;
      skipped.push(name);
      print(`${name}: skipped, ${error.message}`);
      return undefined;
    }
  }
}

function withoutRandom(of: readonly PeerReport[]): readonly PeerReport[] {
  return of.map((report) => ({ ...report, results: report.results.filter(({ part }) => part !== RANDOM_PART) }));
}

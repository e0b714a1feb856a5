/**
 * `pnpm interop [--peer NAME …] [--seed N] [--count N] [--latest] [--quick] [--only PART] [--program "COMMAND …"]`: exchanges with
 * other implementations, in both directions. A line for each difference, the matrix, the counts last. The peer `network` is a
 * living station with people around it, who talk to a client of this library; `station` is the same with our own station; in
 * `bridge`, both stations are neighbors. All at once take hardly longer than one. `--quick` leaves out what takes long: one of two
 * transports where the station is theirs, and most of what goes over their bridge.
 */
import { parseArgs } from 'node:util';
import { DOCUMENT_FILE, writeDocument } from './document.ts';
import { exchangeWith, type RunOptions } from './exchange-with.ts';
import { count } from './judge.ts';
import { printMatrix, type PeerReport } from './matrix.ts';
import { knownPeers, programPeer, type Peer } from './peers.ts';
import { CACHE_DIRECTORY, UnavailablePeer } from './install.ts';
import { writeNetwork } from './network/document.ts';
import { runBridge } from './network/bridge/run-bridge.ts';
import { runNetwork } from './network/run-network.ts';
import type { NetworkName } from './network/station-program.ts';
import { preparePython } from './python-environment.ts';
import { SEEDS_FILE } from './seeds.ts';

const { values } = parseArgs({
  options: {
    peer: { type: 'string', multiple: true },
    program: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string', default: '300' },
    only: { type: 'string' },
    latest: { type: 'boolean', default: false },
    quick: { type: 'boolean', default: false },
    cache: { type: 'string', default: CACHE_DIRECTORY },
    python: { type: 'string', default: 'python3' },
    'seeds-file': { type: 'string', default: SEEDS_FILE },
  },
});

/** The peers that are a whole network. */
const NETWORKS: Readonly<Record<string, NetworkName>> = {
  network: 'dimples',
  station: 'dimstation',
  bridge: 'bridge',
};

const { peer: names, program, latest, cache, python } = values;
const everybody = knownPeers({ latest, cache, python });
const peers = program === undefined ? chosenPeers() : [programPeer(program)];
const options: RunOptions = {
  // A new one in each run, as tests with random input have: a failing one is printed and kept.
  seed: values.seed === undefined ? Math.floor(Math.random() * 0x7fff_ffff) : readNumber(values.seed, '--seed'),
  count: readNumber(values.count, '--count'),
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
const chosenNetworks = Object.entries(NETWORKS).filter(([name]) => isChosen(name));
const networks: (readonly [NetworkName, readonly PeerReport[]])[] = [];
// Their people wait for each other most of the time.
const meetings = chosenNetworks.map(async ([name, network]) => orSkip(name, async () => meetNetwork(network)));
for (const [index, met] of (await Promise.all(meetings)).entries()) {
  const [, network] = chosenNetworks[index] ?? [];
  if (met !== undefined && network !== undefined) networks.push([network, met]);
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
const isSuccess = failed + broken === 0 && (passed > 0 || skipped.length === peers.length + chosenNetworks.length);
process.exitCode = isSuccess ? 0 : 1;

function chosenPeers(): readonly Peer[] {
  const there = [...everybody.map(({ name }) => name), ...Object.keys(NETWORKS)];
  const unknown = names?.find((wanted) => !there.includes(wanted));
  if (unknown !== undefined) throw new Error(`no peer ${unknown}: there are ${there.join(', ')}`);
  return everybody.filter(({ name }) => isChosen(name));
}

function isChosen(name: string): boolean {
  return program === undefined && (names === undefined || names.includes(name));
}

async function meetNetwork(name: NetworkName): Promise<readonly PeerReport[]> {
  const interpreter = preparePython({ requirements: 'newest', latest, cache, python });
  const run = { python: interpreter, only: options.only, quick: values.quick, print };
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

function withoutRandom(of: readonly PeerReport[]): readonly PeerReport[] {
  return of.map((report) => ({ ...report, results: report.results.filter(({ part }) => part !== 'Random') }));
}

function readNumber(value: string, option: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${option} must be a whole number`);
  return number;
}

/**
 * `pnpm interop [--peer NAME …] [--seed N] [--count N] [--latest] [--only PART] [--program "COMMAND …"]`: exchanges with
 * other implementations, in both directions. A line for each difference, the matrix, the counts last.
 */
import { parseArgs } from 'node:util';
import { DOCUMENT_FILE, writeDocument } from './document.ts';
import { exchangeWith, type RunOptions } from './exchange-with.ts';
import { count } from './judge.ts';
import { printMatrix, type PeerReport } from './matrix.ts';
import { knownPeers, programPeer, type Peer } from './peers.ts';
import { CACHE_DIRECTORY, UnavailablePeer } from './install.ts';
import { SEEDS_FILE } from './seeds.ts';

const { values } = parseArgs({
  options: {
    peer: { type: 'string', multiple: true },
    program: { type: 'string' },
    seed: { type: 'string' },
    count: { type: 'string', default: '300' },
    only: { type: 'string' },
    latest: { type: 'boolean', default: false },
    cache: { type: 'string', default: CACHE_DIRECTORY },
    python: { type: 'string', default: 'python3' },
    'seeds-file': { type: 'string', default: SEEDS_FILE },
  },
});

const { peer: names, program, latest, cache, python } = values;
const all = knownPeers({ latest, cache, python });
const peers = program === undefined ? chosenPeers() : [programPeer(program)];
const options: RunOptions = {
  // A new one in each run, as tests with random input have: a failing one is printed and kept.
  seed: values.seed === undefined ? Math.floor(Math.random() * 0x7fff_ffff) : readNumber(values.seed, '--seed'),
  count: readNumber(values.count, '--count'),
  only: values.only,
  seedsFile: values['seeds-file'],
};

const reports: PeerReport[] = [];
const skipped: string[] = [];
console.log(`random scenarios: --seed ${options.seed} --count ${options.count}`);
for (const peer of peers) {
  try {
    // One after the other: each takes a whole processor.
    reports.push(await exchangeWith(peer, options, (line) => console.log(line)));
  } catch (error) {
    if (!(error instanceof UnavailablePeer)) throw error;
    skipped.push(peer.name);
    console.log(`${peer.name}: skipped, ${error.message}`);
  }
}

const results = reports.flatMap((report) => report.results);
const broken = reports.filter((report) => report.broken !== undefined).length;
const { passed, failed } = count(results);
const known = results.filter(({ verdict }) => verdict === 'known').length;
if (reports.length > 0) console.log(printMatrix(withoutRandom(reports)));
if (known > 0) console.log(`${known} known differences, in docs/interop.md`);
const isWhole = peers === all && options.only === undefined && !latest && skipped.length === 0;
if (isWhole && broken === 0) writeDocument(DOCUMENT_FILE, withoutRandom(reports));
console.log(`${passed} passed, ${failed + broken} failed`);
// Nothing at all is no success, but where there was nobody to exchange with.
const isSuccess = failed + broken === 0 && (passed > 0 || skipped.length === peers.length);
process.exitCode = isSuccess ? 0 : 1;

function chosenPeers(): readonly Peer[] {
  const unknown = names?.find((wanted) => !all.some(({ name }) => name === wanted));
  if (unknown !== undefined) throw new Error(`no peer ${unknown}: there are ${all.map(({ name }) => name).join(', ')}`);
  return names === undefined ? all : all.filter(({ name }) => names.includes(name));
}

function withoutRandom(of: readonly PeerReport[]): readonly PeerReport[] {
  return of.map((report) => ({ ...report, results: report.results.filter(({ part }) => part !== 'Random') }));
}

function readNumber(value: string, option: string): number {
  const number = Number(value);
  if (!Number.isSafeInteger(number) || number < 0) throw new Error(`${option} must be a whole number`);
  return number;
}

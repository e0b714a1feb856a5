/**
 * The same load through our station and through the peer's, one after the other: how many messages a second, and whether each of
 * them came once. `node dist/load/beside.js [messages of each] [--keys ecc|rsa] [--runs N]`; it needs Redis.
 */
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import type { User } from 'dimp';
import { knownPerson } from 'network/people';
import { passOn, PEOPLE, prepareLoad, showPassed, WINDOW, type Load, type Passed, type Way } from 'station/load';
import { withStation } from 'station/load/own-station';
import { CACHE_DIRECTORY } from '../install.ts';
import { LivingNetwork } from '../network/living-network.ts';
import { clientDim } from '../network/own-person.ts';
import { preparePython } from '../python-environment.ts';
import { processorTimeOf } from './processor-time.ts';

/** Messages of each that are sent one by one. */
const FEW = 10;

const NOTES = `Both stations are a process of their own on this machine, with the same client and at most ${WINDOW} messages on their way. Ours
verifies each message and has it in a file of SQLite before it says OK. Theirs does not verify what somebody sends who has logged in,
and keeps messages in Redis, in memory. Each of its connections is a loop in a thread of its own, which rests for a tenth of a second
whenever it finds nothing to do: that is what a single message waits for. Under load its loops rest little, and what limits it is
its processor: one, however many there are.`;

const { values, positionals } = parseArgs({
  options: { keys: { type: 'string', default: 'ecc' }, runs: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const { keys, runs } = values;
if (keys !== 'ecc' && keys !== 'rsa') throw new Error('--keys must be ecc or rsa');

/** What is sent alone, and what is sent at once. */
interface Loads {
  readonly few: Load;
  readonly many: Load;
}

/** What came of both. */
interface Results {
  readonly few: Passed;
  readonly many: Passed;
}

async function passBoth({ few, many }: Loads, way: Way): Promise<Results> {
  return { few: await passOn(few, { ...way, window: 1 }), many: await passOn(many, way) };
}

/** The peer's station has what an operator gives it: a folder and a Redis server, both new. */
async function throughDimples(loads: Loads, python: string): Promise<Results> {
  const network = await LivingNetwork.start(python, 'dimples');
  try {
    const { port, pid } = network.station;
    const begin: Way['begin'] = async (member) => member.logIn();
    return await passBoth(loads, { port, begin, cpu: async () => processorTimeOf(pid) });
  } finally {
    await network.stop();
  }
}

async function throughOurs(loads: Loads): Promise<Results> {
  const directory = mkdtempSync(join(tmpdir(), 'beside-'));
  try {
    return await withStation(join(directory, 'station.db'), async (way) => passBoth(loads, way));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

function show(name: string, { few, many }: Results): void {
  const counts = `${few.delivered} delivered, ${few.lost} lost, ${few.doubled} doubled`;
  console.log(`${name}, one by one: half of them within ${few.p50.toFixed(1)} ms; ${counts}`);
  console.log(`${name}: ${showPassed(many)}`);
}

/** How many times as much ours is. */
function compare(ours: Results, theirs: Results): string {
  const rate = ours.many.rate / theirs.many.rate;
  const wait = ours.few.p50 / theirs.few.p50;
  const cpu = (ours.many.cpu ?? NaN) / (theirs.many.cpu ?? NaN);
  const processor = Number.isFinite(cpu) ? `, processor ${cpu.toFixed(2)}` : '';
  return `ours/theirs: rate ${rate.toFixed(1)}, a single message's time ${wait.toFixed(2)}${processor}`;
}

async function somebody(index: number): Promise<User> {
  const known = keys === 'ecc' ? knownPerson(`P${index}`) : undefined;
  return known ?? clientDim.createUser({ name: `P${index}`, seed: `p${index}`, algorithm: 'RSA' });
}

const python = preparePython({ requirements: 'newest', latest: false, cache: CACHE_DIRECTORY, python: 'python3' });
const people = await Promise.all(Array.from({ length: PEOPLE }, async (_, index) => somebody(index)));
const pair = ['Alice', 'Bob'].flatMap((name) => knownPerson(name) ?? []);
const loads: Loads = {
  few: await prepareLoad(pair, FEW),
  many: await prepareLoad(people, Number(positionals[0] ?? '100')),
};
const [[example] = []] = loads.many.messages.values();
console.log(`${loads.many.count} messages of ${example?.length} bytes, signed with ${keys.toUpperCase()}`);
for (let run = 0; run < Number(runs); run += 1) {
  const theirs = await throughDimples(loads, python);
  show('dimples', theirs);
  const ours = await throughOurs(loads);
  show('dimstation', ours);
  console.log(compare(ours, theirs));
}
console.log(NOTES);
process.exit();

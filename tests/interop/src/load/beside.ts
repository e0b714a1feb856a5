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
import { passOn, PEOPLE, prepareLoad, showPassed, type Load, type Passed } from 'station/load';
import { throughStation } from 'station/load/own-station';
import { CACHE_DIRECTORY } from '../install.ts';
import { LivingNetwork } from '../network/living-network.ts';
import { clientDim } from '../network/own-person.ts';
import { preparePython } from '../python-environment.ts';
import { processorTimeOf } from './processor-time.ts';

const NOTES = `Both are one process on this machine, with the same client and at most 640 messages on their way. Ours verifies each
message and has it in a file of SQLite before it says OK. Theirs does not verify what somebody sends who has logged in, says OK when
it has read a frame, and keeps messages in Redis, in memory. Each of its connections is a loop in a thread of its own, which rests for
a tenth of a second whenever it finds nothing to do: where its processor time is far below the time that passed, that is what it
waits for, and not the machine.`;

const { values, positionals } = parseArgs({
  options: { keys: { type: 'string', default: 'ecc' }, runs: { type: 'string', default: '1' } },
  allowPositionals: true,
});
const { keys, runs } = values;
if (keys !== 'ecc' && keys !== 'rsa') throw new Error('--keys must be ecc or rsa');

/** The peer's station is given nothing but what its operator would: a folder and a Redis server, both new. */
async function throughDimples(load: Load, python: string): Promise<Passed> {
  const network = await LivingNetwork.start(python, 'dimples');
  try {
    const { port, pid } = network.station;
    return await passOn(load, {
      port,
      begin: async (member) => member.logIn(),
      cpu: async () => processorTimeOf(pid),
    });
  } finally {
    await network.stop();
  }
}

async function throughOurs(load: Load): Promise<Passed> {
  const directory = mkdtempSync(join(tmpdir(), 'beside-'));
  try {
    return await throughStation(load, join(directory, 'station.db'));
  } finally {
    rmSync(directory, { recursive: true, force: true });
  }
}

async function somebody(index: number): Promise<User> {
  const known = keys === 'ecc' ? knownPerson(`P${index}`) : undefined;
  return known ?? clientDim.createUser({ name: `P${index}`, seed: `p${index}`, algorithm: 'RSA' });
}

const python = preparePython({ requirements: 'newest', latest: false, cache: CACHE_DIRECTORY, python: 'python3' });
const people = await Promise.all(Array.from({ length: PEOPLE }, async (_, index) => somebody(index)));
const load = await prepareLoad(people, Number(positionals[0] ?? '100'));
const [[example] = []] = load.messages.values();
console.log(`${load.count} messages of ${example?.length} bytes, signed with ${keys.toUpperCase()}`);
for (let run = 0; run < Number(runs); run += 1) {
  const theirs = await throughDimples(load, python);
  console.log(`dimples: ${showPassed(theirs)}`);
  const ours = await throughOurs(load);
  console.log(`dimstation: ${showPassed(ours)}`);
  console.log(`ours/theirs: ${(ours.rate / theirs.rate).toFixed(1)} times the rate`);
}
console.log(NOTES);
process.exit();

/**
 * How many messages a station passes on in a second, beside what reading and writing the same frames takes, and beside what it owes to
 * each message, by hand: twenty people in ten pairs, each of whom sends to the other.
 * `node dist/load/relay.js [messages of each] [file of SQLite]`
 */
import { argv } from 'node:process';
import { encodeUtf8 } from 'dimp/extend';
import { StationProcess } from '../station-process.ts';
import { person } from '../world.ts';
import { throughStation } from './own-station.ts';
import { LOADED, passOn, prepareLoad, showPassed, type Load, type Passed } from './traffic.ts';

const [, , each = '500', path = ''] = argv;

/** Through a server that is told who is at a link by its first bytes: they come in order. */
async function through(kind: 'hand' | 'bare', load: Load): Promise<Passed> {
  const server = await new StationProcess(kind, kind === 'hand' ? path : '').start();
  const way = { port: server.port, cpu: async () => server.cpu() };
  const passed = await passOn(load, {
    ...way,
    begin: async ({ connection, user }) => connection.send(encodeUtf8(user.id.toString())),
  });
  await server.kill();
  return passed;
}

const load = await prepareLoad(LOADED.map(person), Number(each));
const [[example] = []] = load.messages.values();
console.log(`${load.count} messages of ${example?.length} bytes`);
for (const run of ['bare', 'hand', 'station', 'bare', 'hand', 'station'] as const) {
  const passed = run === 'station' ? await throughStation(load, path) : await through(run, load);
  console.log(`${run}: ${showPassed(passed)}`);
}
process.exit();

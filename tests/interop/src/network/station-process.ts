/**
 * The station of this library in a process of its own, as an operator starts it: `station-process.js FILE PORT`. It says where it
 * listens, and ends with its input.
 */
import { argv, exit, stdin } from 'node:process';
import { createDim, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { systemClock } from 'dimsdk';
import { createStation, listen, openSqliteEngine } from 'dimstation';
import { knownPerson, STATION } from 'network/people';
import { STATION_NAMES } from './station-names.ts';

const [, , path = '', port = ''] = argv;
const identity = knownPerson(STATION);
if (identity === undefined) throw new Error('there is no station');

const dim = createDim({ plugins: [standardPlugin(), stationPlugin], wireShape: 'deployed' });
const log = (event: string, details?: object): void => console.error(event, JSON.stringify(details ?? {}));
const logger = { debug: log, info: log, warn: log, error: log };
const names = Object.fromEntries(Object.entries(STATION_NAMES).map(([name, id]) => [name, dim.ID.parse(id)]));
const engine = await openSqliteEngine({ path });
const station = await createStation({ dim, identity, engine, logger, names });
const listener = await listen({
  accept: station.accept,
  host: '127.0.0.1',
  port: Number(port),
  clock: systemClock,
  logger,
});
console.log(JSON.stringify({ event: 'listening', id: String(station.id), port: listener.port }));

async function end(): Promise<void> {
  await listener.close({ graceSeconds: 1 });
  await station.close();
  await engine.close();
  exit();
}

stdin.on('end', () => void end()).resume();

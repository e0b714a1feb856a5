/**
 * The station of this library in a process of its own, as an operator starts it: `station-process.js FILE NEIGHBOR PORT`. It says
 * where it listens, and ends with its input. NEIGHBOR is `PORT#ID`, or empty for none; it says when that one is there.
 */
import { argv, exit, stdin } from 'node:process';
import { createDim, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { systemClock } from 'dimsdk';
import { tcpTransport } from 'dimsdk/node';
import { createStation, listen, openSqliteEngine, type StationOptions } from 'dimstation';
import { knownPerson, STATION } from 'network/people';
import { STATION_NAMES } from './station-names.ts';

const [, , path = '', neighbor = '', port = ''] = argv;
const identity = knownPerson(STATION);
if (identity === undefined) throw new Error('there is no station');

const dim = createDim({ plugins: [standardPlugin(), stationPlugin], wireShape: 'deployed' });
const log = (event: string, details?: object): void => {
  console.error(event, JSON.stringify(details ?? {}));
  if (event === 'a neighbor is there') console.log(JSON.stringify({ event: 'neighbor', ...details }));
};
const logger = { debug: log, info: log, warn: log, error: log };
const names = Object.fromEntries(Object.entries(STATION_NAMES).map(([name, id]) => [name, dim.ID.parse(id)]));
const engine = await openSqliteEngine({ path });
const station = await createStation({ dim, identity, engine, logger, names, ...bridge(neighbor) });
const listener = await listen({
  accept: station.accept,
  host: '127.0.0.1',
  port: Number(port),
  clock: systemClock,
  logger,
});
console.log(JSON.stringify({ event: 'listening', id: String(station.id), port: listener.port }));

function bridge(address: string): Pick<StationOptions, 'bridge'> {
  const [at = '', id] = address.split('#');
  if (id === undefined) return {};
  const neighbors = [{ host: '127.0.0.1', port: Number(at), id: dim.ID.parse(id) }];
  return { bridge: { transport: tcpTransport(), neighbors, pauses: { first: 0.1, longest: 2 } } };
}

async function end(): Promise<void> {
  await listener.close({ graceSeconds: 1 });
  await station.close();
  await engine.close();
  exit();
}

stdin.on('end', () => void end()).resume();

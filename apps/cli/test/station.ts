/** A station in this process, for the tests of a file. */
import { after } from 'node:test';
import { createDim, EntityType, stationPlugin } from 'dimp';
import { standardPlugin } from 'dimplugins';
import { modernPlugin } from 'dimplugins/modern';
import { systemClock } from 'dimsdk';
import { createStation, listen, memoryEngine } from 'dimstation';

const dim = createDim({ plugins: [standardPlugin(), modernPlugin(), stationPlugin], wireShape: 'deployed' });

/** Starts it on a free port of this machine. @returns its address, as `--station` takes it */
export async function startStation(): Promise<string> {
  const identity = await dim.createUser({ name: 'Station', seed: 'station', type: EntityType.STATION });
  const station = await createStation({ dim, identity, engine: memoryEngine() });
  const listener = await listen({ accept: station.accept, host: '127.0.0.1', port: 0, clock: systemClock });
  after(async () => {
    await listener.close({ graceSeconds: 0 });
    await station.close();
  });
  return `127.0.0.1:${listener.port}`;
}

/** Loads through our station. */
import { StationProcess } from '../station-process.ts';
import { passOn, type Load, type Passed, type Way } from './traffic.ts';

/** @param path a file of SQLite; in memory, if it is empty */
export async function throughStation(load: Load, path: string): Promise<Passed> {
  return withStation(path, async (way) => passOn(load, way));
}

/** Starts our station, and ends it. @param path a file of SQLite; in memory, if it is empty */
export async function withStation<T>(path: string, run: (way: Way) => Promise<T>): Promise<T> {
  const server = await new StationProcess('station', path).start();
  try {
    return await run({
      port: server.port,
      begin: async (member) => member.logIn(),
      cpu: async () => server.cpu(),
    });
  } finally {
    await server.kill();
  }
}

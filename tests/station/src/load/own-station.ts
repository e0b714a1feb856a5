/** A load through our station. */
import { StationProcess } from '../station-process.ts';
import { passOn, type Load, type Passed } from './traffic.ts';

/** @param path a file of SQLite; in memory, if it is empty */
export async function throughStation(load: Load, path: string): Promise<Passed> {
  const server = await new StationProcess('station', path).start();
  const way = { port: server.port, cpu: async () => server.cpu() };
  const passed = await passOn(load, { ...way, begin: async (member) => member.logIn() });
  await server.kill();
  return passed;
}

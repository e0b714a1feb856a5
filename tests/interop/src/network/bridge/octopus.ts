/** The bridge of the peer's station: a client with the identity of that station, which logs in there and at each neighbor. */
import { join } from 'node:path';
import { PYTHON_DIRECTORY } from '../../python-environment.ts';
import type { LivingNetwork } from '../living-network.ts';
import { startProgram, type Program } from '../program.ts';

/** Starts it, and waits until it is logged in on both sides. @param neighborPort where the other station listens */
export async function startOctopus(network: LivingNetwork, neighborPort: number): Promise<Program> {
  const { directory, redis, station, python, journal } = network;
  const script = join(PYTHON_DIRECTORY, 'network', 'octopus.py');
  const ports = [redis.port, station.port, neighborPort].map(String);
  const program = network.keep(
    startProgram({
      name: 'octopus',
      command: python,
      arguments: [script, join(directory, 'station'), ...ports],
      journal,
    }),
  );
  for (const side of ['inner', 'outer'])
    await program.events.first(`login, ${side}`, (event) => (event['side'] === side ? event : undefined));
  return program;
}

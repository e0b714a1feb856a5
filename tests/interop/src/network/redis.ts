/** The Redis server that the station keeps messages in for people who are away: on loopback, in memory, for one run. */
import { createServer, type AddressInfo } from 'node:net';
import { isInstalled, UnavailablePeer } from '../install.ts';
import type { Journal } from './journal.ts';
import { asText } from '../values.ts';
import { startProgram } from './program.ts';

/** A server that runs. */
export interface Redis {
  readonly port: number;
  stop(): Promise<void>;
}

/** The server does not end with its input as our programs do: a shell waits for that, and ends it by its number. */
const UNTIL_INPUT_ENDS = '"$@" </dev/null & read -r _; kill $!; wait $!';
/** It cannot choose a port by itself. Another process may take the one that was free a moment ago. */
const TRIES = 5;

/** @throws UnavailablePeer when it is not installed */
export async function startRedis(journal: Journal): Promise<Redis> {
  if (!isInstalled('redis-server')) throw new UnavailablePeer('there is no redis-server');
  for (let tries = 0; tries < TRIES; tries += 1) {
    const port = await freePort();
    const options = { port: String(port), bind: '127.0.0.1', save: '', appendonly: 'no' };
    const command = ['redis-server', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])];
    const program = startProgram({
      name: 'redis',
      command: 'sh',
      arguments: ['-c', UNTIL_INPUT_ENDS, 'sh', ...command],
      journal,
      readEvent: (line) => (/Ready to accept|Address already in use/.test(line) ? { line } : undefined),
    });
    const line = await program.events
      .first('start', (event) => event['line'])
      .catch((error: unknown) => {
        void program.stop();
        throw error;
      });
    if (/Ready/.test(asText(line))) return { port, stop: async () => program.stop() };
    await program.stop();
  }
  throw new Error('redis-server finds no free port');
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const { port } = server.address() as AddressInfo;
  await new Promise((resolve) => server.close(resolve));
  return port;
}

/** A station on this machine with the chat for browsers, until Ctrl+C ends it: `npm start -- --web`. */
import { mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runStationCommand } from 'dimstation/command';

const HOST = '127.0.0.1';
/** That of deployed stations, where programs look for one. */
const PORT = 9394;

/** Where it is found. */
export interface ChatPlace {
  /** For browsers: `http://127.0.0.1:9394/`. */
  readonly chat: string;
  /** For others: `127.0.0.1:9394`. */
  readonly station: string;
}

/**
 * Runs it in a folder of its own, which is gone afterwards.
 * @param page the folder of the chat
 * @param started is told where it is
 * @returns the exit code
 */
export async function serveChat(page: string, started: (place: ChatPlace) => void): Promise<number> {
  const folder = mkdtempSync(join(tmpdir(), 'dim-web-'));
  // Also where a second Ctrl+C ends it at once.
  process.once('exit', () => rmSync(folder, { recursive: true, force: true }));
  const options = {
    data: join(folder, 'station'),
    host: HOST,
    port: String((await isFree(PORT)) ? PORT : 0),
    web: page,
    'admin-port': '0',
    'log-format': 'json',
  };
  return runStationCommand({
    name: 'station',
    arguments: ['start', ...Object.entries(options).flatMap(([name, value]) => [`--${name}`, value])],
    environment: {},
    stderr: { write: (lines) => tell(lines, started) },
  });
}

/** What its log says, as far as it is of use here. */
function tell(lines: string, started: (place: ChatPlace) => void): void {
  for (const line of lines.split('\n')) {
    // What is wrong with the start is no line of the log.
    if (!line.startsWith('{')) {
      if (line !== '') process.stderr.write(`${line}\n`);
      continue;
    }
    const { level, event, chat, addresses } = JSON.parse(line) as Readonly<Record<string, string | undefined>>;
    if (level === 'error') process.stderr.write(`${line}\n`);
    if (event === 'started' && chat !== undefined)
      started({ chat, station: addresses?.split(' ')[0]?.replace('tcp://', '') ?? '' });
  }
}

async function isFree(port: number): Promise<boolean> {
  const server = createServer();
  return new Promise((resolve) => {
    server.once('error', () => resolve(false));
    server.listen({ port, host: HOST }, () => server.close(() => resolve(true)));
  });
}

/** The command line as people install it: an identity, a station, two people who write to each other, on each version of Node. */
import { spawn, type ChildProcess } from 'node:child_process';
import { once } from 'node:events';
import { readdirSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import type { Report } from '../report.ts';
import { tryCommand } from '../run-command.ts';
import { installRuntime, RUNTIMES } from '../runtimes/runtimes.ts';
import { installInto } from '../tarballs/install.ts';
import { packApplications, tarballsOf } from '../tarballs/pack-tarballs.ts';
import { startRatios } from './start-ratio.ts';

/** What hangs is ended. */
const PATIENCE = 60;

/** The start over that of an empty program. */
const MOST = 1.7;
/** What is measured differs by so much from run to run. */
const TOLERANCE = 0.2;

/** Runs the tests. */
export async function testCommandLine(application: string, report: Report): Promise<void> {
  const folder = `${application}/../command-line`;
  report.title('the command line');
  await report.check('install', async () => {
    await packApplications(application);
    await installInto(
      folder,
      tarballsOf(application, ['mkm', 'dkd', 'dimp', 'dimplugins', 'dimsdk', 'dimstation', 'dim-web', 'dim-cli']),
    );
    return `with ${readdirSync(`${folder}/node_modules`).length} folders in node_modules`;
  });
  for (const runtime of RUNTIMES.filter(({ program }) => program === 'node')) {
    const node = await installRuntime(runtime);
    await report.check(`${runtime.name}: two people over a station`, async () => talk(folder, node, runtime.name));
    await report.check(`${runtime.name}: starts`, async () => {
      const [version, show] = await startRatios(node, [
        [`${folder}/${MAIN}`, '--version'],
        [`${folder}/${MAIN}`, '--home', `${folder}/${homeOf('alice', runtime.name)}`, 'id', 'show'],
      ]);
      const text = `--version ${version.toFixed(2)}, id show ${show.toFixed(2)} times an empty program`;
      if (Math.max(version, show) > MOST + TOLERANCE) throw new Error(text);
      return text;
    });
  }
}

const MAIN = 'node_modules/dim-cli/dist/bundle/main.js';

function homeOf(person: string, runtime: string): string {
  return `${person}-${runtime.replace(' ', '-').toLowerCase()}`;
}

async function talk(folder: string, node: string, runtime: string): Promise<string> {
  const port = await freePort();
  const words = ['--web', '--port', String(port), '--admin-port', '0', '--data', homeOf('station', runtime)];
  const station = spawn(node, [MAIN, 'station', 'start', ...words], {
    cwd: folder,
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  try {
    await firstLine(station);
    const run = async (person: string, ...line: readonly string[]): Promise<Readonly<Record<string, unknown>>> => {
      const env = { DIM_HOME: homeOf(person, runtime), DIM_PASSPHRASE: person, DIM_STATION: `127.0.0.1:${port}` };
      const options = { cwd: folder, env, seconds: PATIENCE };
      const { status, stdout, stderr } = await tryCommand(node, [MAIN, ...line, '--json'], options);
      // A warning is a failure, too: people would see it.
      if (status !== 0 || stderr !== '')
        throw new Error(`dim ${line.join(' ')} ended with ${status}\n${stdout}${stderr}`);
      return JSON.parse(stdout) as Readonly<Record<string, unknown>>;
    };
    await run('alice', 'id', 'new', '--name', 'Alice');
    const bob = String((await run('bob', 'id', 'new', '--name', 'Bob'))['id']);
    await run('bob', 'read');
    await run('alice', 'contact', 'add', bob, '--alias', 'Bob');
    await run('alice', 'send', 'Bob', 'Hello');
    const [message] = (await run('bob', 'read'))['messages'] as readonly { readonly text: unknown }[];
    if (message?.text !== 'Hello') throw new Error(`Bob reads ${JSON.stringify(message)}`);
    const page = await (await fetch(`http://127.0.0.1:${port}/`)).text();
    if (!page.includes('<div id="chat">')) throw new Error('the station has no chat for browsers');
    return 'a text arrives, and a chat for browsers is there';
  } finally {
    station.kill();
    await once(station, 'exit');
  }
}

/** Done when the station says in its log that it has started. */
async function firstLine(program: ChildProcess): Promise<void> {
  if (program.stderr === null) throw new Error('it has no log');
  const ended = once(program, 'exit').then(() => {
    throw new Error('the station has ended');
  });
  await Promise.race([once(program.stderr, 'data'), ended]);
}

/** A port that nobody listens at. */
async function freePort(): Promise<number> {
  const server = createServer();
  server.listen(0, '127.0.0.1');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  server.close();
  await once(server, 'close');
  return port;
}

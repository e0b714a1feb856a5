/**
 * A registry on this machine that has the packages as if they were published, and all others from where npm has them. What is
 * installed from it is found by names and ranges, as people install it.
 */
import { spawn, type ChildProcess } from 'node:child_process';
import { mkdirSync, openSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type AddressInfo } from 'node:net';
import { runCommand } from '../run-command.ts';
import { CACHE } from '../paths.ts';
import { installOnce } from '../tarballs/install.ts';

/** The last that runs on Node 20. One of its parts asks for a tag of `node-fetch` that is not everywhere. */
const VERDACCIO = 'verdaccio@6.8.0';
const OVERRIDES = { 'node-fetch': '2.7.0' };

const FOLDER = `${CACHE}/registry`;

/** In seconds. */
const PATIENCE = 60;

/** What a program must know that installs from it. */
export interface Registry {
  readonly url: string;
  /** A file of npm's settings: with the address, and with a word that lets anybody publish here. */
  readonly settings: string;
}

/** Starts it, publishes the tarballs, and ends it. */
export async function withRegistry<T>(
  folder: string,
  tarballs: Readonly<Record<string, string>>,
  use: (registry: Registry) => Promise<T>,
): Promise<T> {
  await installOnce(FOLDER, [VERDACCIO], OVERRIDES);
  const port = await freePort();
  const url = `http://127.0.0.1:${port}/`;
  // Two runs at a time must not disturb each other, and of ours each run has others under the same version.
  const own = `${folder}/registry`;
  mkdirSync(own, { recursive: true });
  writeFileSync(`${own}/config.yaml`, JSON.stringify(configuration(own, await upstream(), Object.keys(tarballs))));
  writeFileSync(`${own}/npmrc`, `registry=${url}\n//127.0.0.1:${port}/:_authToken=anybody\n`);
  const log = openSync(`${own}/log`, 'w');
  const server = spawn(
    process.execPath,
    [
      `${FOLDER}/node_modules/verdaccio/bin/verdaccio`,
      '--config',
      `${own}/config.yaml`,
      '--listen',
      `127.0.0.1:${port}`,
    ],
    { stdio: ['ignore', log, log, 'ipc'] },
  );
  try {
    await started(server);
    const registry = { url, settings: `${own}/npmrc` };
    for (const tarball of Object.values(tarballs))
      await runCommand('npm', ['publish', tarball, '--tag', 'latest', '--no-provenance', '--loglevel=error'], {
        cwd: own,
        env: { NPM_CONFIG_USERCONFIG: registry.settings, NPM_CONFIG_PROVENANCE: 'false' },
        seconds: PATIENCE,
      });
    return await use(registry);
  } finally {
    server.kill();
    rmSync(own, { recursive: true, force: true });
  }
}

/** YAML has JSON in it. */
function configuration(storage: string, url: string, ours: readonly string[]): object {
  const all = { access: '$all', publish: '$all', unpublish: '$all' };
  return {
    storage,
    uplinks: { npm: { url, maxage: '1h' } },
    packages: { ...Object.fromEntries(ours.map((name) => [name, all])), '**': { access: '$all', proxy: 'npm' } },
    auth: { htpasswd: { file: `${storage}/htpasswd`, max_users: -1 } },
    web: { enable: false },
    log: { type: 'stdout', format: 'pretty', level: 'warn' },
    max_body_size: '50mb',
  };
}

async function upstream(): Promise<string> {
  return (await runCommand('npm', ['config', 'get', 'registry'], { cwd: FOLDER })).trim();
}

async function freePort(): Promise<number> {
  const probe = createServer().listen(0, '127.0.0.1');
  await new Promise((resolve) => probe.once('listening', resolve));
  const { port } = probe.address() as AddressInfo;
  await new Promise((resolve) => probe.close(resolve));
  return port;
}

/** It says so to whoever started it. */
async function started(server: ChildProcess): Promise<void> {
  await new Promise<void>((resolve, reject) => {
    const timer = setTimeout(() => reject(new Error('the registry did not start')), PATIENCE * 1000);
    server.once('message', () => resolve());
    server.once('exit', (status) => reject(new Error(`the registry ended with ${status}`)));
    server.once('error', reject);
    server.once('message', () => clearTimeout(timer));
    server.once('exit', () => clearTimeout(timer));
  });
}

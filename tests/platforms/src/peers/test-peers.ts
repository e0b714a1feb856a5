/** The packages that `dimsdk` works with, and does without: what works without them, and what is said of the rest. */
import { cpSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { ROOT } from '../paths.ts';
import type { Report } from '../report.ts';
import { tryCommand } from '../run-command.ts';
import { installRuntime, RUNTIMES, type Runtime } from '../runtimes/runtimes.ts';
import { withStation } from '../runtimes/web-socket-station.ts';
import { installInto } from '../tarballs/install.ts';
import { PACKAGES, tarballsOf } from '../tarballs/pack-tarballs.ts';

/** The optional peers of dimsdk, as they are in the lock file. */
const PEERS = ['libsql', 'ws'] as const;

/** What a runtime says where they are not installed; `works` for all that is not named. */
const WITHOUT: ReadonlyMap<string, Readonly<Record<string, RegExp>>> = new Map([
  ['Node 20', { SQLite: /^STORE_FAILED .*npm install libsql/, WebSockets: /^USAGE_ARGUMENT .*install the package ws/ }],
]);

/** In seconds: what hangs is ended. */
const PATIENCE = 120;

/** What is printed of a module that a runtime calls experimental. */
const EXPERIMENTAL = /^\(node:\d+\) ExperimentalWarning: SQLite is .*\n(?:\(Use `node --trace-warnings .*\n)?$/;

/** Runs the tests. */
export async function testPeers(application: string, report: Report): Promise<void> {
  report.title('dimsdk/node without libsql and ws');
  const installed = readdirSync(`${application}/node_modules`);
  await report.check('they are not installed', () => {
    const there = PEERS.filter((name) => installed.includes(name));
    if (there.length > 0) throw new Error(`npm installed ${there.join(', ')}`);
  });
  for (const runtime of RUNTIMES)
    await report.check(runtime.name, async () => check(application, runtime, WITHOUT.get(runtime.name) ?? {}));

  report.title('and with them');
  const folder = `${application}/../with-peers`;
  const packages = PACKAGES.filter((name) => name !== 'dimstation');
  await installInto(folder, [
    ...tarballsOf(application, packages),
    ...PEERS.map((name) => `${name}@${versionOf(name)}`),
  ]);
  cpSync(`${application}/app`, `${folder}/app`, { recursive: true });
  for (const runtime of RUNTIMES) await report.check(runtime.name, async () => check(folder, runtime, {}));
}

/** Each line is what came of something: `SQLite: works`. */
async function check(application: string, runtime: Runtime, wanted: Readonly<Record<string, RegExp>>): Promise<string> {
  const program = await installRuntime(runtime);
  const folder = mkdtempSync(`${application}/files-`);
  try {
    const { status, stdout, stderr } = await withStation(async (port) =>
      tryCommand(program, [...runtime.parameters, ...runtime.toWrite, 'app/node-doors.js', folder, String(port)], {
        cwd: application,
        seconds: PATIENCE,
      }),
    );
    if (status !== 0 || !(stderr === '' || EXPERIMENTAL.test(stderr))) throw new Error(`${status}\n${stdout}${stderr}`);
    const outcomes = stdout.trim().split('\n');
    const wrong = outcomes.filter((line) => {
      const [, name = '', outcome = ''] = /^(.*?): (.*)$/.exec(line) ?? [];
      return !(wanted[name] ?? /^works$/).test(outcome);
    });
    if (wrong.length > 0 || outcomes.length !== 4) throw new Error(stdout);
    const lacking = Object.keys(wanted);
    return lacking.length === 0 ? 'all works' : `all works but ${lacking.join(' and ')}, which say what to install`;
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

function versionOf(name: string): string {
  const { devDependencies } = JSON.parse(readFileSync(`${ROOT}/packages/sdk/package.json`, 'utf8')) as {
    readonly devDependencies: Readonly<Record<string, string>>;
  };
  return devDependencies[name] ?? 'latest';
}

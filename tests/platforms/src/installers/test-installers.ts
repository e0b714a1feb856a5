/** Each package alone in an empty project, by each program that installs; and what its README tells to do first. */
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { withRegistry, type Registry } from '../registry/local-registry.ts';
import type { Report } from '../report.ts';
import { runCommand, tryCommand } from '../run-command.ts';
import { packApplications } from '../tarballs/pack-tarballs.ts';
import { FIRST_STEPS, readFirstSteps, type FirstSteps } from './first-steps.ts';
import { bringInstaller, emptyProject, INSTALLERS, type Installer } from './installers.ts';

/** In seconds: what hangs is ended. */
const PATIENCE = 180;

/** Runs the tests. */
export async function testInstallers(application: string, report: Report): Promise<void> {
  const tarballs = await packApplications(application);
  // Outside of this repository: installers look upward for settings.
  const folder = mkdtempSync(join(tmpdir(), 'dim-installers-'));
  try {
    await withRegistry(folder, tarballs, async (registry) => {
      for (const installer of INSTALLERS) await testInstaller(folder, report, installer, registry);
    });
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

async function testInstaller(folder: string, report: Report, installer: Installer, registry: Registry): Promise<void> {
  report.title(installer.name);
  let command: readonly string[] = [];
  await report.check('is here', async () => {
    command = await bringInstaller(installer);
  });
  if (command.length === 0) return;
  const cache = `${folder}/cache`;
  for (const steps of FIRST_STEPS) {
    const project = `${folder}/project`;
    await report.check(steps.name, async () => {
      emptyProject(project, installer, registry, cache);
      return takeFirstSteps(project, steps, installer, command);
    });
    rmSync(project, { recursive: true, force: true });
  }
  rmSync(cache, { recursive: true, force: true });
}

async function takeFirstSteps(
  project: string,
  steps: FirstSteps,
  { add, runs }: Installer,
  [file = '', ...before]: readonly string[],
): Promise<string> {
  const options = { cwd: project, seconds: PATIENCE, env: ENVIRONMENT };
  const { packages, script } = await readFirstSteps(steps);
  await runCommand(file, [...before, ...add, ...packages], options);
  const start = async (program: string, parameters: readonly string[]) => {
    if (runs)
      return tryCommand(file, [...before, ...(program === 'node' ? [] : ['run']), program, ...parameters], options);
    return tryCommand(program === 'node' ? process.execPath : `node_modules/.bin/${program}`, parameters, options);
  };
  if (script !== undefined) writeFileSync(`${project}/first.js`, script);
  const [program, parameters, answer] = steps.says ?? ['node', ['first.js'], /^/];
  const { status, stdout, stderr } = await start(program, parameters);
  if (status !== 0 || stderr !== '' || !answer.test(stdout)) throw new Error(`${status}\n${stdout}${stderr}`);
  return `with ${packages.join(' ')}`;
}

/** Settings of whoever runs this are none of a newcomer's; and a home of the command line is in the project. */
const ENVIRONMENT = {
  NPM_CONFIG_USERCONFIG: '/dev/null',
  YARN_ENABLE_IMMUTABLE_INSTALLS: 'false',
  DIM_HOME: 'home',
  DIM_PASSPHRASE: 'correct horse battery staple',
  COREPACK_ENABLE_STRICT: '0',
};

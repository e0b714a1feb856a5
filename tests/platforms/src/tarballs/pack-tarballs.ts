/** The packages as they would be published. */
import { mkdirSync, readdirSync } from 'node:fs';
import { ROOT } from '../paths.ts';
import { runCommand } from '../run-command.ts';

/** The packages that are published, each after those that it needs. */
export const PACKAGES = ['mkm', 'dimplugins', 'dkd', 'dimp', 'dimsdk', 'dimstation', 'dimtestkit'] as const;

/** Where they are, beside an application. */
export const TARBALLS = '../tarballs';

const FOLDERS = ['mkm', 'plugins', 'dkd', 'dimp', 'sdk', 'station', 'testkit'];

/** Packs them into a folder. */
export async function packTarballs(out: string): Promise<void> {
  mkdirSync(out, { recursive: true });
  for (const folder of FOLDERS) {
    const parameters = [`${ROOT}/tools/pnpm.mjs`, '-C', `packages/${folder}`, 'pack', '--pack-destination', out];
    await runCommand(process.execPath, parameters, { cwd: ROOT });
  }
}

/** Packs the programs beside them. @returns the tarballs of all that is published, by name, each after those that it needs */
export async function packApplications(application: string): Promise<Readonly<Record<string, string>>> {
  const out = `${application}/${TARBALLS}`;
  for (const name of ['apps/web', 'apps/cli']) {
    const parameters = [`${ROOT}/tools/pnpm.mjs`, '-C', name, 'pack', '--pack-destination', out];
    await runCommand(process.execPath, parameters, { cwd: ROOT });
  }
  const names = [...PACKAGES, 'dim-web', 'dim-cli'];
  return Object.fromEntries(names.map((name) => [name, tarballsOf(application, [name])[0] ?? '']));
}

/** The tarballs that an application was installed from: of these packages, or of all. */
export function tarballsOf(application: string, packages: readonly string[] = PACKAGES): readonly string[] {
  const folder = `${application}/${TARBALLS}`;
  return readdirSync(folder)
    .filter((file) => packages.some((name) => new RegExp(`^${name}-\\d`).test(file)))
    .map((file) => `${folder}/${file}`);
}

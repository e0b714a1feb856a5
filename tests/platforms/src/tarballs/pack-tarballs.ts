/** The packages as they would be published. */
import { mkdirSync, readdirSync } from 'node:fs';
import { ROOT } from '../paths.ts';
import { runCommand } from '../run-command.ts';

/** The packages that are published, each after those that it needs. */
export const PACKAGES = ['mkm', 'dimplugins', 'dkd', 'dimp', 'dimsdk', 'dimtestkit'] as const;

const FOLDERS = ['mkm', 'plugins', 'dkd', 'dimp', 'sdk', 'testkit'];

/** Packs them into a folder. Gives the paths of the tarballs. */
export async function packTarballs(out: string): Promise<readonly string[]> {
  mkdirSync(out, { recursive: true });
  for (const folder of FOLDERS) {
    const parameters = [`${ROOT}/tools/pnpm.mjs`, '-C', `packages/${folder}`, 'pack', '--pack-destination', out];
    await runCommand(process.execPath, parameters, { cwd: ROOT });
  }
  return readdirSync(out).map((name) => `${out}/${name}`);
}

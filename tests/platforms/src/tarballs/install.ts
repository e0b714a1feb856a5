/** Installs packages into folders of their own, with npm, as other people do. */
import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { runCommand } from '../run-command.ts';

const QUIET = ['--no-audit', '--no-fund', '--loglevel=error', '--prefer-offline'];

/** Other versions than those that packages ask for. */
type Overrides = Readonly<Record<string, string>>;

/** Makes an empty project with these packages: names with versions, or tarballs. */
export async function installInto(
  folder: string,
  packages: readonly string[],
  overrides: Overrides = {},
): Promise<void> {
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ private: true, type: 'module', overrides }));
  await runCommand('npm', ['install', ...QUIET, ...packages], { cwd: folder });
}

/** The same, unless the folder has exactly these already. */
export async function installOnce(
  folder: string,
  packages: readonly string[],
  overrides: Overrides = {},
): Promise<void> {
  const stamp = `${folder}/installed.json`;
  const wanted = JSON.stringify(packages);
  if (existsSync(stamp) && readFileSync(stamp, 'utf8') === wanted) return;
  await installInto(folder, packages, overrides);
  writeFileSync(stamp, wanted);
}

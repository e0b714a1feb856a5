/** Runs pnpm: the workspace's own, or before the first install the version that package.json names. */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

const root = fileURLToPath(new URL('..', import.meta.url));
const { packageManager } = JSON.parse(readFileSync(`${root}/package.json`, 'utf8'));
const windows = process.platform === 'win32';
const installed = `${root}/node_modules/.bin/pnpm${windows ? '.cmd' : ''}`;
const [command, ...first] = existsSync(installed) ? [installed] : ['npx', '--yes', packageManager];
const result = spawnSync(windows ? `"${command}"` : command, [...first, ...process.argv.slice(2)], {
  cwd: root,
  env: { ...process.env, TURBO_TELEMETRY_DISABLED: '1' },
  shell: windows,
  stdio: 'inherit',
});
if (result.error) console.error(`pnpm did not start: ${result.error.message}`);
process.exitCode = result.status ?? 1;

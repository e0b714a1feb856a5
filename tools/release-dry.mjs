/**
 * `pnpm release:dry [--only NAME,...]`: all that a release needs, without one. It packs, checks, installs, bundles and runs, and
 * prints a table at the end; each step has a bound. It is no part of CI, which has most of it in other commands.
 */
import { spawnSync } from 'node:child_process';
import { join } from 'node:path';
import { parseArgs } from 'node:util';

const root = join(import.meta.dirname, '..');
const node = process.execPath;
const pnpm = [node, 'tools/pnpm.mjs', '--silent', 'run'];

/** By name: what is run, and for how many minutes at most. What `needs` a program that is not here is skipped, and says so. */
const STEPS = {
  metadata: { run: [node, 'tools/metadata.mjs'], minutes: 1 },
  versions: { run: [node, 'tools/check-versions.mjs'], minutes: 2 },
  tarballs: { run: [...pnpm, 'release:check'], minutes: 10 },
  licenses: { run: [...pnpm, 'release:sbom'], minutes: 3 },
  api: { run: [...pnpm, 'api'], minutes: 3 },
  contents: { run: [...pnpm, 'platforms', 'contents', 'copies', 'doors', 'sizes'], minutes: 10 },
  installers: { run: [...pnpm, 'platforms', 'installers'], minutes: 20 },
  tools: { run: [...pnpm, 'platforms', 'bundlers', 'test-runners'], minutes: 20 },
  consumers: { run: [...pnpm, 'platforms', 'consumers'], minutes: 10 },
  actionlint: { run: ['actionlint'], minutes: 1, needs: 'actionlint' },
  zizmor: { run: ['zizmor', '--offline', '--quiet', '.github'], minutes: 1, needs: 'zizmor' },
  hadolint: { run: ['hadolint', 'packages/station/deploy/Dockerfile'], minutes: 1, needs: 'hadolint' },
  addresses: { run: [node, 'tools/metadata.mjs', '--release'], minutes: 1 },
};

const { values } = parseArgs({ options: { only: { type: 'string' } } });
const names = values.only?.split(',') ?? Object.keys(STEPS);
const unknown = names.filter((name) => !Object.hasOwn(STEPS, name));
if (unknown.length > 0) {
  console.error(`${unknown.join(', ')}: none of ${Object.keys(STEPS).join(', ')}`);
  process.exit(2);
}

const rows = names.map((name) => {
  console.log(`\n== ${name}`);
  const begin = Date.now();
  const { came, note } = outcomeOf(STEPS[name]);
  return { step: name, came, seconds: Math.round((Date.now() - begin) / 1000), note };
});
console.log('');
console.table(rows);
process.exitCode = rows.some(({ came }) => came === 'failed') ? 1 : 0;

function outcomeOf({ run: [program, ...parameters], minutes, needs }) {
  if (needs !== undefined && spawnSync(needs, ['--version']).error !== undefined)
    return { came: 'skipped', note: `${needs} is not installed here` };
  const options = { cwd: root, timeout: minutes * 60_000, encoding: 'utf8', maxBuffer: 64 << 20 };
  const { status, stdout, stderr, error } = spawnSync(program, parameters, options);
  process.stdout.write(`${stdout}${stderr}`);
  const last = (stderr.trim() === '' || status === 0 ? stdout : stderr).trim().split('\n').at(-1)?.slice(0, 70) ?? '';
  if (status === 0) return { came: 'passed', note: last };
  return { came: 'failed', note: error?.code === 'ETIMEDOUT' ? `longer than ${minutes} minutes` : last };
}

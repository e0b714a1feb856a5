/**
 * Packs every public package as it would be published, and checks the tarballs: what is in them, with `publint` and `attw`.
 * With `--out FOLDER` they stay there.
 */
import { execFileSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { notFree } from './licenses.mjs';

/** What is allowed beside the program. Applications are bundled with other people's packages, whose licenses go along. */
const EVERYWHERE = ['LICENSE', 'README.md', 'package.json'];
const APPLICATIONS = {
  'dim-cli': /^(?:dist\/bundle\/.*\.js|dist\/bundle\/LICENSES\.txt|CHANGELOG\.md)$/,
  'dim-web': /^(?:dist\/page\/(?!.*\.map$).*|CHANGELOG\.md)$/,
};
/** In bytes of the tarball: what is larger has something in it that was not meant to be, or deserves a look. */
const LARGEST = 700_000;

const { values } = parseArgs({ options: { out: { type: 'string' } } });
const out = values.out === undefined ? mkdtempSync(join(tmpdir(), 'packages-')) : resolve(values.out);
const run = (...args) => execFileSync('pnpm', args, { stdio: 'inherit' });
try {
  mkdirSync(out, { recursive: true });
  run(
    '--filter',
    './packages/*',
    '--filter',
    './apps/*',
    '--filter',
    '!dim-site',
    'exec',
    'pnpm',
    'pack',
    '--pack-destination',
    out,
  );
  for (const name of readdirSync(out).filter((file) => file.endsWith('.tgz'))) {
    const tarball = join(out, name);
    lookInto(tarball, name.replace(/-\d.*/, ''));
    run('exec', 'publint', 'run', tarball, '--strict');
    run('exec', 'attw', tarball, '--profile', 'esm-only');
  }
} finally {
  if (values.out === undefined) rmSync(out, { recursive: true, force: true });
}

/** The libraries' files are looked at by `pnpm platforms contents`, where they are installed. */
function lookInto(tarball, name) {
  const text = execFileSync('tar', ['-tzf', tarball], { encoding: 'utf8' });
  const files = text
    .trim()
    .split(/\r?\n/)
    .map((path) => path.replace(/^package\//, ''));
  const expected = APPLICATIONS[name];
  const wrong = EVERYWHERE.filter((file) => !files.includes(file)).map((file) => `it has no ${file}`);
  if (expected !== undefined) {
    const licenses = files.find((file) => file.endsWith('/LICENSES.txt'));
    if (licenses === undefined) wrong.push('it has no licenses of what is inside');
    else wrong.push(...wrongLicenses(tarball, licenses));
    const others = files.filter((file) => !EVERYWHERE.includes(file) && !expected.test(file));
    if (others.length > 0) wrong.push(`it has ${others.join(', ')}`);
  }
  const { size } = statSync(tarball);
  if (size > LARGEST) wrong.push(`it has ${size} bytes, and more than ${LARGEST}`);
  if (wrong.length > 0) throw new Error(`${tarball}: ${wrong.join('; ')}`);
  console.log(`${name}: ${files.length} files, ${Math.round(size / 1000)} kB packed`);
}

/** Each part begins with `NAME VERSION (LICENSE)`. */
function wrongLicenses(tarball, file) {
  const text = execFileSync('tar', ['-xzOf', tarball, `package/${file}`], { encoding: 'utf8' });
  const parts = text.split(`\n${'-'.repeat(80)}\n\n`).map((part) => part.slice(0, part.indexOf('\n')));
  return parts.filter((part) => notFree(part.slice(part.indexOf(' (') + 2, -1)) !== undefined);
}

/** Packs every public package as it would be published, and checks the tarballs with publint and attw. */
import { execFileSync } from 'node:child_process';
import { mkdtempSync, readdirSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';

const out = mkdtempSync(join(tmpdir(), 'packages-'));
const run = (...args) => execFileSync('pnpm', args, { stdio: 'inherit' });
try {
  run('--filter', './packages/*', '--filter', './apps/*', 'exec', 'pnpm', 'pack', '--pack-destination', out);
  for (const name of readdirSync(out)) {
    const tarball = join(out, name);
    run('exec', 'publint', 'run', tarball, '--strict');
    run('exec', 'attw', tarball, '--profile', 'esm-only');
  }
} finally {
  rmSync(out, { recursive: true, force: true });
}

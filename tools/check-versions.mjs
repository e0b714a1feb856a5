/**
 * What `changeset version` would make, tried in a copy of what is committed: all packages have one version, the first is 0.1.0, and
 * a change that breaks makes 0.2.0 of it for all, and never 1.0.0.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, mkdtempSync, readFileSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { publishedPackages } from './published-packages.mjs';

const root = join(import.meta.dirname, '..');
const copy = mkdtempSync(join(tmpdir(), 'versions-'));
try {
  execFileSync('git', ['clone', '--quiet', root, copy]);
  symlinkSync(join(root, 'node_modules'), join(copy, 'node_modules'));
  const before = versionOfAll();
  const next = change('patch');
  const broken = change('minor');
  const [, minor] = next.split('.').map(Number);
  if (before === '0.0.0' && next !== '0.1.0') throw new Error(`the first version would be ${next}`);
  if (broken !== `0.${minor + 1}.0`) throw new Error(`after ${next}, a change that breaks would make ${broken}`);
  for (const { name, folder } of publishedPackages()) {
    const path = join(copy, folder, 'CHANGELOG.md');
    if (!existsSync(path) || !readFileSync(path, 'utf8').includes(`## ${next}`))
      throw new Error(`${name} has no changelog`);
  }
  console.log(`${before}, then ${next}, then ${broken}`);
} finally {
  rmSync(copy, { recursive: true, force: true });
}

/** @returns the version after what waits there, and a change of this size in the lowest package */
function change(size) {
  writeFileSync(join(copy, '.changeset', 'tried.md'), `---\n'mkm': ${size}\n---\n\nTried.\n`);
  execFileSync(process.execPath, [join(root, 'node_modules/@changesets/cli/bin.js'), 'version'], {
    cwd: copy,
    stdio: 'pipe',
  });
  return versionOfAll();
}

function versionOfAll() {
  const read = ({ folder }) => JSON.parse(readFileSync(join(copy, folder, 'package.json'), 'utf8')).version;
  const versions = new Set(publishedPackages().map(read));
  if (versions.size !== 1) throw new Error(`the packages would have the versions ${[...versions].join(', ')}`);
  return [...versions][0];
}

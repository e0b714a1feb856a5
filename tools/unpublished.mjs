/**
 * The packages that npm does not have in the version that stands here, as `NAME-VERSION`, each after those that it needs. Nothing
 * where it has all of them. What went wrong halfway goes on so where it ended.
 */
import { spawnSync } from 'node:child_process';
import { publishedPackages } from './published-packages.mjs';

const missing = publishedPackages().filter(({ name, version }) => !isPublished(name, version));
console.log(missing.map(({ name, version }) => `${name}-${version}`).join(' '));

/** Whatever is wrong with the registry is no reason to publish again. */
function isPublished(name, version) {
  const { status, stdout, stderr } = spawnSync('npm', ['view', `${name}@${version}`, 'version', '--json'], {
    encoding: 'utf8',
    shell: process.platform === 'win32',
    timeout: 60_000,
  });
  if (status === 0) return stdout.trim() !== '';
  if (/"code": "E404"/.test(stdout)) return false;
  throw new Error(`npm does not say whether it has ${name}: ${stdout}${stderr}`);
}

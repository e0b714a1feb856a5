/** The packages of this repository that are published, each after those that it needs. */
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

const root = join(import.meta.dirname, '..');

/** @returns the manifest of each, with the path of its folder from the root as `folder` */
export function publishedPackages() {
  const found = new Map();
  for (const place of ['packages', 'apps'])
    for (const name of readdirSync(join(root, place))) {
      const path = join(root, place, name, 'package.json');
      if (!existsSync(path)) continue;
      const manifest = JSON.parse(readFileSync(path, 'utf8'));
      if (manifest.private !== true) found.set(manifest.name, { ...manifest, folder: `${place}/${name}` });
    }
  const ordered = new Set();
  const add = (manifest) => {
    const { dependencies = {}, peerDependencies = {} } = manifest;
    for (const name of Object.keys({ ...dependencies, ...peerDependencies })) if (found.has(name)) add(found.get(name));
    ordered.add(manifest);
  };
  for (const manifest of found.values()) add(manifest);
  return [...ordered];
}

/** The repository that the site is made of, and where both are found. */
import { existsSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { fileURLToPath, pathToFileURL } from 'node:url';

/** The root of the repository: this file is run from `dist` too, which is deeper. */
export const ROOT = rootAbove(dirname(fileURLToPath(import.meta.url)));

/** The folder of this package. */
export const HERE = join(ROOT, 'apps/site');

/** Pages as VitePress reads them: collected, and never edited. */
export const COLLECTED = join(HERE, '.cache/pages');

/** The finished site. */
export const BUILT = join(HERE, 'dist/site');

interface Addresses {
  readonly REPOSITORY: string;
  readonly SITE: string;
}

/** See `tools/addresses.mjs`, which is read as it is, and no part of this program. */
export const { REPOSITORY, SITE } = (await import(
  /* @vite-ignore */ pathToFileURL(join(ROOT, 'tools/addresses.mjs')).href
)) as Addresses;

/** The path of the site at its host: `/`, or `/dim/`. */
export const BASE = `${new URL(SITE).pathname.replace(/\/$/, '')}/`;

function rootAbove(folder: string): string {
  if (existsSync(join(folder, 'pnpm-workspace.yaml'))) return folder;
  const above = dirname(folder);
  if (above === folder) throw new Error('the root of the repository was not found');
  return rootAbove(above);
}

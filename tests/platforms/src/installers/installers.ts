/** The programs that install packages, and how each installs from a registry of one's own into an empty project. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { CACHE, ROOT } from '../paths.ts';
import type { Registry } from '../registry/local-registry.ts';
import { installOnce } from '../tarballs/install.ts';

/** A program that installs, in one of the ways that it can. */
export interface Installer {
  readonly name: string;
  /** The npm package that it is, with its exact version; none for npm itself, which comes with Node. */
  readonly specifier?: string;
  /** The program and what stands before all else, when it is installed in a folder. */
  readonly command: (folder: string) => readonly string[];
  /** What adds packages to the project of the current folder. */
  readonly add: readonly string[];
  /** Whether it leaves nothing in `node_modules`, so that programs are run through it. */
  readonly runs?: true;
  /** Files of settings in the project. */
  settings(registry: Registry, cache: string): Readonly<Record<string, string>>;
}

const npmrc = ({ url }: Registry, cache: string): string => `registry=${url}\ncache=${cache}\n`;

/** Yarn from version 2 on: with `node_modules`, or with archives that are never unpacked. */
const berry = (linker: 'node-modules' | 'pnp'): Installer => ({
  name: linker === 'pnp' ? "Yarn 4, Plug'n'Play" : 'Yarn 4',
  specifier: '@yarnpkg/cli-dist@4.18.1',
  command: (folder) => [process.execPath, `${folder}/node_modules/@yarnpkg/cli-dist/bin/yarn.js`],
  add: ['add'],
  ...(linker === 'pnp' && { runs: true }),
  settings: ({ url }, cache) => ({
    'yarn.lock': '',
    '.yarnrc.yml': JSON.stringify({
      nodeLinker: linker,
      npmRegistryServer: url,
      unsafeHttpWhitelist: ['127.0.0.1'],
      globalFolder: cache,
      enableTelemetry: false,
      // What was published a moment ago is what is tried here.
      npmMinimalAgeGate: 0,
    }),
  }),
});

export const INSTALLERS: readonly Installer[] = [
  {
    name: 'npm',
    command: () => ['npm'],
    add: ['install', '--no-audit', '--no-fund', '--loglevel=error'],
    settings: (registry, cache) => ({ '.npmrc': npmrc(registry, cache) }),
  },
  {
    name: 'pnpm',
    command: () => [`${ROOT}/node_modules/.bin/pnpm`],
    add: ['add'],
    settings: (registry, cache) => ({
      '.npmrc': npmrc(registry, cache),
      // In lines: pnpm writes into it.
      'pnpm-workspace.yaml': `storeDir: ${cache}/store\ncacheDir: ${cache}/cache\nminimumReleaseAge: 0\n`,
    }),
  },
  {
    name: 'Yarn 1',
    specifier: 'yarn@1.22.22',
    command: (folder) => [process.execPath, `${folder}/node_modules/yarn/bin/yarn.js`],
    add: ['add', '--non-interactive', '--no-progress'],
    settings: (registry, cache) => ({
      '.npmrc': npmrc(registry, cache),
      '.yarnrc': `registry "${registry.url}"\ncache-folder "${cache}"\n`,
    }),
  },
  berry('node-modules'),
  berry('pnp'),
  {
    name: 'Bun',
    specifier: 'bun@1.4.5',
    command: (folder) => [`${folder}/node_modules/.bin/bun`],
    add: ['add'],
    settings: ({ url }, cache) => ({
      'bunfig.toml': `[install]\nregistry = "${url}"\nminimumReleaseAge = 0\n[install.cache]\ndir = "${cache}"\n`,
    }),
  },
];

/** Brings one here, if it is not. @returns how it is started */
export async function bringInstaller({ specifier, command }: Installer): Promise<readonly string[]> {
  if (specifier === undefined) return command('');
  const folder = `${CACHE}/runtimes/${specifier.replaceAll('/', '-')}`;
  await installOnce(folder, [specifier]);
  return command(folder);
}

/** An empty project that an installer knows the registry of. */
export function emptyProject(folder: string, installer: Installer, registry: Registry, cache: string): void {
  mkdirSync(folder, { recursive: true });
  writeFileSync(`${folder}/package.json`, JSON.stringify({ name: 'empty', private: true, type: 'module' }));
  for (const [file, text] of Object.entries(installer.settings(registry, cache)))
    writeFileSync(`${folder}/${file}`, text);
}

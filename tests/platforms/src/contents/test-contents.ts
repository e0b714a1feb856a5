/** What is in the packages: what is needed to run, to compile and to find a fault in them, and nothing else. */
import { existsSync, readdirSync, readFileSync, statSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { folderWith } from '../tarballs/application.ts';
import { PACKAGES } from '../tarballs/pack-tarballs.ts';
import type { Report } from '../report.ts';

/** Where each file may be: the programs in bundles, the declarations of all, the sources that maps lead to, units for systemd. */
const EXPECTED =
  /^(?:dist\/bundle\/.*\.js(?:\.map)?|dist\/.*\.d\.ts(?:\.map)?|src\/.*\.ts|deploy\/[^/]*\.service|(?:README|CHANGELOG)\.md|LICENSE|package\.json)$/;

/** Runs the tests. */
export async function testContents(application: string, report: Report): Promise<void> {
  report.title('what is in the packages');
  for (const name of PACKAGES) {
    await report.check(name, async () => {
      const folder = `${await folderWith(name, application)}/node_modules/${name}`;
      const files = filesIn(folder);
      const unexpected = files.filter((file) => !EXPECTED.test(file) || file.includes('.test.'));
      if (unexpected.length > 0) throw new Error(`it has ${unexpected.join(', ')}`);
      for (const file of ['LICENSE', 'README.md']) if (!files.includes(file)) throw new Error(`it has no ${file}`);
      const { license, exports } = JSON.parse(readFileSync(`${folder}/package.json`, 'utf8')) as Manifest;
      if (license !== 'MIT') throw new Error(`its license is ${String(license)}`);
      const targets = Object.values(exports).flatMap((target) => pathsIn(target));
      const missing = targets.filter((path) => !existsSync(join(folder, path)));
      if (missing.length > 0) throw new Error(`it has no ${missing.join(', ')}`);
      const lost = files.filter((file) => file.endsWith('.map')).flatMap((file) => lostSources(folder, file));
      if (lost.length > 0) throw new Error(`maps lead to nothing:\n${lost.join('\n')}`);
      return `${files.length} files, ${Math.round(sizeOf(folder, files) / 1000)} kB`;
    });
  }
}

interface Manifest {
  readonly license?: unknown;
  readonly exports: Readonly<Record<string, unknown>>;
}

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .map((file) => file.replaceAll('\\', '/'))
    .filter((file) => !file.startsWith('node_modules/') && statSync(join(folder, file)).isFile());
}

function pathsIn(target: unknown): readonly string[] {
  if (typeof target === 'string') return [target];
  return typeof target === 'object' && target !== null ? Object.values(target).flatMap((value) => pathsIn(value)) : [];
}

function lostSources(folder: string, file: string): readonly string[] {
  const { sources } = JSON.parse(readFileSync(join(folder, file), 'utf8')) as { readonly sources: readonly string[] };
  return sources
    .filter((source) => !existsSync(join(folder, dirname(file), source)))
    .map((source) => `${file}: ${source}`);
}

function sizeOf(folder: string, files: readonly string[]): number {
  return files.reduce((sum, file) => sum + statSync(join(folder, file)).size, 0);
}

/** The packages take nothing from Node outside of `backend/native`, and of `dimsdk/node`, which is for nothing else. */
import { readFileSync } from 'node:fs';
import { build, type Metafile } from 'esbuild';
import { folderWith } from '../tarballs/application.ts';
import { PACKAGES } from '../tarballs/pack-tarballs.ts';
import type { Report } from '../report.ts';

/** What only Node has, or only CommonJS. */
const GLOBALS = ['Buffer', 'process', 'global', 'setImmediate', 'clearImmediate', '__dirname', '__filename'];

const MARK = 'only_on_node_';

/** The doors that browsers have no use for. */
const NODE_DOORS: ReadonlySet<string> = new Set([
  'dimsdk/node',
  'dimsdk/node/internal',
  'dimstation',
  'dimstation/command',
  'dimstation/internal',
]);

/** Where modules of Node may be imported. */
const NODE_SOURCES = /\/backend\/native\/|\/dimsdk\/src\/node\/|\/dimstation\//;

/** Runs the tests. */
export async function testPurity(application: string, report: Report): Promise<void> {
  report.title("nothing of Node's outside of the native backend and of dimsdk/node");
  for (const name of PACKAGES) {
    const folder = await folderWith(name, application);
    const manifest = JSON.parse(readFileSync(`${folder}/node_modules/${name}/package.json`, 'utf8')) as Manifest;
    const entries = entriesOf(name, manifest, 'browser');
    if (entries.length > 0)
      await report.check(`${name} for browsers`, async () => {
        const { text } = await bundle(folder, entries, 'browser');
        for (const global of GLOBALS) {
          if (text.includes(MARK + global)) throw new Error(`something uses ${global}`);
        }
        if (/["']node:/.test(text)) throw new Error('something imports a module of Node');
        return entries.join(', ');
      });
    await report.check(`${name} for Node`, async () => {
      const { metafile } = await bundle(folder, entriesOf(name, manifest, 'node'), 'node');
      const own = Object.entries(metafile.inputs).filter(([path]) => path.startsWith(`node_modules/${name}/`));
      const users = own.filter(([, { imports }]) => imports.some(({ path }) => path.startsWith('node:')));
      const others = users.filter(([path]) => !NODE_SOURCES.test(path));
      if (others.length > 0) throw new Error(`modules of Node in ${others.map(([path]) => path).join(', ')}`);
      return `${users.length} files import modules of Node`;
    });
  }
}

interface Manifest {
  readonly exports: Readonly<Record<string, unknown>>;
}

type Platform = 'browser' | 'node';

/** The entries that a platform has. */
function entriesOf(name: string, { exports }: Manifest, platform: Platform): readonly string[] {
  return Object.entries(exports)
    .filter(([path, target]) => path !== './package.json' && (platform === 'node' || isForAll(target)))
    .map(([path]) => name + path.slice(1))
    .filter((door) => platform === 'node' || !NODE_DOORS.has(door));
}

function isForAll(target: unknown): boolean {
  return typeof target === 'string' || (typeof target === 'object' && target !== null && 'default' in target);
}

/** Bundles all that the entries export, from the sources: so a file has its name. */
async function bundle(
  application: string,
  entries: readonly string[],
  platform: Platform,
): Promise<{ readonly text: string; readonly metafile: Metafile }> {
  const contents = entries.map((entry, index) => `export * as entry${index} from '${entry}';`).join('\n');
  const { outputFiles, metafile } = await build({
    absWorkingDir: application,
    stdin: { contents, resolveDir: application },
    bundle: true,
    format: 'esm',
    platform,
    conditions: ['@dim/source'],
    target: 'es2022',
    define: Object.fromEntries(
      GLOBALS.flatMap((name) => [name, `globalThis.${name}`].map((reference) => [reference, MARK + name])),
    ),
    write: false,
    metafile: true,
    logLevel: 'error',
  });
  return { text: outputFiles.map((file) => file.text).join('\n'), metafile };
}

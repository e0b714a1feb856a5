/**
 * Bundles the compiled application of the current folder for publication, with all libraries but its dependencies: one file
 * that starts, and others that are loaded when they are needed. The licenses of what is inside go along.
 */
import { existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { rolldown } from 'rolldown';

const OUT = 'dist/bundle';
const { bin, version, dependencies = {}, optionalDependencies = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const outside = Object.keys({ ...dependencies, ...optionalDependencies });

/** Who imports whom, and what each start needs. */
const [imports, start] = [new Map(), new Set()];

rmSync(OUT, { recursive: true, force: true });
const bundle = await rolldown({
  input: Object.fromEntries(Object.values(bin).map((file) => ['main', file])),
  platform: 'node',
  // `dimstation/internal` is a few small functions: they are inside, and the station is loaded when there is one to start.
  external: (id) =>
    id.startsWith('node:') ||
    (id !== 'dimstation/internal' && outside.some((name) => id === name || id.startsWith(`${name}/`))),
  transform: { define: { BUNDLED_VERSION: JSON.stringify(version) } },
  onLog: failOn,
  plugins: [
    { name: 'start', transform: withoutPrograms, moduleParsed: ({ id, importedIds }) => imports.set(id, importedIds) },
  ],
});
const { output } = await bundle.write({
  dir: OUT,
  format: 'esm',
  entryFileNames: '[name].js',
  chunkFileNames: 'shared/[name]-[hash].js',
  // All that each start needs is one file: each file costs a part of a millisecond.
  codeSplitting: { groups: [{ name: 'start', test: (id) => id.startsWith('\0rolldown') || modulesOfStart().has(id) }] },
  minify: { compress: true, mangle: false, codegen: true },
});
await bundle.close();
writeFileSync(join(OUT, 'LICENSES.txt'), licensesOf(output.flatMap(({ moduleIds = [] }) => moduleIds)));

/** What `start.ts` imports, and what that does; of the packages of this repository only some of it is used, and the bundler knows what. */
function modulesOfStart() {
  if (start.size > 0) return start;
  const add = (id) => {
    if (start.has(id) || id.includes('/packages/')) return;
    start.add(id);
    for (const other of imports.get(id) ?? []) add(other);
  };
  for (const id of imports.keys()) if (id.endsWith('/src/start.js')) add(id);
  return start;
}

/** The texts of the licenses of other people's packages, each once. */
function licensesOf(modules) {
  const folders = new Set(modules.filter((id) => /[\\/]node_modules[\\/]/.test(id)).map((id) => folderOf(id)));
  const texts = [...folders].map((folder) => {
    const { name, version: itsVersion, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    return `${name} ${itsVersion} (${license})\n${text}`;
  });
  return texts.toSorted().join(`\n${'-'.repeat(80)}\n\n`);
}

function folderOf(file) {
  for (let folder = dirname(file); folder !== dirname(folder); folder = dirname(folder)) {
    const manifest = join(folder, 'package.json');
    if (existsSync(manifest) && JSON.parse(readFileSync(manifest, 'utf8')).name !== undefined) return folder;
  }
  throw new Error(`${file} is of no package`);
}

/**
 * commander starts programs, for commands that are files of their own. Here is none, and Node's part for that takes a tenth of
 * the start to load.
 */
function withoutPrograms(code, id) {
  if (!/[\\/]commander[\\/]lib[\\/]command\.js$/.test(id)) return null;
  const line = "require('node:child_process')";
  if (!code.includes(line)) throw new Error(`${id} has no ${line} any more`);
  return { code: code.replace(line, '{}'), map: null };
}

function failOn(level, { message }) {
  if (level === 'warn') throw new Error(message);
}

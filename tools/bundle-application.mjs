/**
 * Bundles the compiled application of the current folder for publication, with all libraries but its dependencies: one file
 * that starts, and others that are loaded when they are needed. The licenses of what is inside go along.
 */
import { readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { rolldown } from 'rolldown';
import { licensesOf } from './licenses.mjs';

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

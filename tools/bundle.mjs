/**
 * Bundles the compiled package of the current folder for publication: a file in `dist/bundle` for each entry that its
 * package.json names, and shared chunks, so that no class exists twice. Other packages and `#…` imports stay imports:
 * whoever loads the package chooses among those by its conditions. Declarations of sources that are gone are removed.
 */
import { existsSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { dirname, join, relative } from 'node:path';
import { rolldown } from 'rolldown';

const { exports, imports, peerDependenciesMeta = {} } = JSON.parse(readFileSync('package.json', 'utf8'));
const entries = JSON.stringify([exports, imports]).matchAll(/"\.\/dist\/([^"]*)\.js"/g);
const input = Object.fromEntries([...entries].map(([, name]) => [name, `./dist/${name}.js`]));

rmSync('dist/bundle', { recursive: true, force: true });
// The compiler leaves them, and package.json publishes all that are there. The rest stays: other packages may be
// compiling against it at this time.
for (const file of readdirSync('dist', { recursive: true })) {
  const source = file.replace(/\.d\.ts(\.map)?$/, '.ts');
  if (source !== file && !existsSync(join('src', source))) rmSync(join('dist', file));
}

const bundle = await rolldown({ input, external: /^[#@a-z]/, onLog: failOn, plugins: [{ name: 'sources', load }] });
await bundle.write({
  dir: 'dist/bundle',
  format: 'esm',
  chunkFileNames: 'shared/[name].js',
  // What more than one entry needs of the same on all platforms is one file, as each file costs a part of a millisecond; one
  // for each choice of the optional peers, as whoever opens a door installs those that this one needs, and no others.
  codeSplitting: { groups: [{ name: nameOfCommon, debugName: 'common', test: isForAllPlatforms, minShareCount: 2 }] },
  // They lead to the sources, which are in the package.
  sourcemap: true,
  sourcemapExcludeSources: true,
});
await bundle.close();

/** What asks for the platform's backend is left out too: backends import the common file, and would wait for themselves. */
function isForAllPlatforms(path) {
  const isOfOne = /^dist\/(backend\/(native|portable)|browser|node)\//.test(relative(process.cwd(), path));
  return !isOfOne && !/ from '#/.test(readFileSync(path, 'utf8'));
}

/** With the map of the compiler. */
function load(path) {
  return { code: readFileSync(path, 'utf8'), map: readFileSync(`${path}.map`, 'utf8') };
}

function nameOfCommon(path) {
  return ['common', ...peersOf(path)].join('-');
}

/** The optional peers that a module needs, itself or by what it imports. */
function peersOf(path) {
  const found = new Set();
  const seen = new Set();
  const look = (file) => {
    if (seen.has(file)) return;
    seen.add(file);
    for (const [, name] of readFileSync(file, 'utf8').matchAll(/^(?:import|export)\b[^;'"]*['"]([^'"]+)['"]/gm)) {
      if (name.startsWith('.')) look(join(dirname(file), name));
      else if (name.split('/')[0] in peerDependenciesMeta) found.add(name.split('/')[0]);
    }
  };
  look(path);
  return [...found].sort((one, other) => (one < other ? -1 : 1));
}

function failOn(level, { message }) {
  if (level === 'warn') throw new Error(message);
}

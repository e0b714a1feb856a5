/**
 * What `pnpm pack` and `pnpm publish` change in a package.json. In this repository the packages run from `dist`, a file
 * for each module as the compiler writes it; published they run from `dist/bundle`, a file for each entry, which Node
 * loads in a third of the time. `tools/bundle.mjs` makes it.
 */
module.exports = { hooks: { beforePacking } };

function beforePacking(manifest) {
  const { exports, imports } = manifest;
  return { ...manifest, ...(exports && { exports: bundled(exports) }), ...(imports && { imports: bundled(imports) }) };
}

function bundled(target) {
  if (typeof target === 'string') return target.replace(/^\.\/dist\/(.*\.js)$/, './dist/bundle/$1');
  return Object.fromEntries(Object.entries(target).map(([condition, value]) => [condition, bundled(value)]));
}

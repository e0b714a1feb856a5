/**
 * What `pnpm pack` and `pnpm publish` change in a package.json. In this repository the packages run from `dist`, a file
 * for each module as the compiler writes it; published they run from `dist/bundle`, a file for each entry, which Node
 * loads in a third of the time. `tools/bundle.mjs` makes it.
 */
const { fixed } = require('./.changeset/config.json');

module.exports = { hooks: { beforePacking } };

function beforePacking(manifest) {
  const { exports, imports, peerDependencies } = manifest;
  return {
    ...manifest,
    ...(exports && { exports: bundled(exports) }),
    ...(imports && { imports: bundled(imports) }),
    ...(peerDependencies && { peerDependencies: ofThisVersion(manifest) }),
  };
}

function bundled(target) {
  if (typeof target === 'string') return target.replace(/^\.\/dist\/(.*\.js)$/, './dist/bundle/$1');
  return Object.fromEntries(Object.entries(target).map(([condition, value]) => [condition, bundled(value)]));
}

/**
 * What is released together has one version. In the sources such a peer may have any, since changesets would take a new
 * minor version of a peer for a change that breaks: each version of all would be a major one.
 */
function ofThisVersion({ version, peerDependencies }) {
  const ours = fixed.flat();
  return Object.fromEntries(
    Object.entries(peerDependencies).map(([name, range]) => [name, ours.includes(name) ? `^${version}` : range]),
  );
}

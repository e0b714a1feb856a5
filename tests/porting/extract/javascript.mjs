/**
 * Writes names/javascript.json: what the bundles of the JavaScript SDK put into their namespaces. They are on no registry, so
 * they come from clones of its repositories, side by side:
 *
 *     node extract/javascript.mjs FOLDER names/javascript.json     with FOLDER/mkm-js, dkd-js, core-js, sdk-js, plugins-js
 */
import { execFileSync } from 'node:child_process';
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { createContext, runInContext } from 'node:vm';

// In the order in which a page loads them: what a bundle adds is its own.
const bundles = [
  ['crypto', 'mkm-js', 'Crypto/dist/crypto.js'],
  ['mkm', 'mkm-js', 'MingKeMing/dist/mkm.js'],
  ['dkd', 'dkd-js', 'DaoKeDao/dist/dkd.js'],
  ['dimp', 'core-js', 'DIMP/dist/core.js'],
  ['dimsdk', 'sdk-js', 'SDK/dist/sdk.js'],
  ['plugins', 'plugins-js', 'Plugins/dist/plugins.js'],
];
const namespaces = ['MONKEY', 'MingKeMing', 'DaoKeDao', 'DIMP'];

const [folder, out] = process.argv.slice(2);
// All four are one object, as in the pages of the SDK.
const context = createContext({ console, setTimeout });
runInContext('DIMP = {}; MONKEY = DIMP; MingKeMing = DIMP; DaoKeDao = DIMP; window = this;', context);
const seen = new Map();
const packages = [];
for (const [name, repository, path] of bundles) {
  const clone = join(folder, repository);
  const git = (...words) =>
    execFileSync('git', ['-C', clone, ...words], { encoding: 'utf8', maxBuffer: 2 ** 26 }).trim();
  const source = git('show', `HEAD:${path}`);
  runInContext(source, context, { filename: path });
  const version = /\(v(\d[\d.]{0,20})\)/.exec(source)?.[1];
  const commit = git('log', '-1', '--format=%h of %ad', '--date=short');
  packages.push({ package: name, version, from: `${repository}/${path}, ${commit}`, names: added(context.DIMP) });
}
writeFileSync(out, `${JSON.stringify({ language: 'JavaScript', packages }, undefined, 1)}\n`);

function added(root) {
  const names = [];
  for (const [space, value] of spacesOf(root)) {
    for (const name of Object.keys(value)) {
      const known = `${space}.${name}`;
      if (seen.has(known) || isSpace(value[name]) || name.startsWith('_')) continue;
      seen.set(known, true);
      names.push({ name, kind: kindOf(name, value[name]), module: space, members: membersOf(value[name]) });
    }
  }
  return names;
}

function spacesOf(root) {
  return [
    ['DIMP', root],
    ...Object.entries(root).filter(([name, value]) => isSpace(value) && !namespaces.includes(name)),
  ];
}

/** Namespaces are plain objects in lower case; enumerations and helpers have a capital. */
function isSpace(value) {
  return (
    typeof value === 'object' &&
    value !== null &&
    Object.entries(context.DIMP).some(([name, one]) => one === value && /^[a-z]+$/.test(name))
  );
}

function kindOf(name, value) {
  if (typeof value === 'function') return /^[A-Z]/.test(name) ? 'class' : 'function';
  return 'value';
}

function membersOf(value) {
  if (typeof value !== 'function') return [];
  const own = [...Object.keys(value), ...Object.keys(value.prototype ?? {})];
  return [...new Set(own)].filter((name) => !name.startsWith('_')).toSorted();
}

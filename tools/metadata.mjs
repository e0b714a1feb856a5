/**
 * What package.json of each published package says of the project: where it is, who made it, which files are published. It
 * comes from `addresses.mjs` and is the same in all. `node tools/metadata.mjs` checks, and with `--write` writes, after an
 * address was changed; `--release` refuses addresses that are still to be filled in.
 */
import { existsSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { parseArgs } from 'node:util';
import { REPOSITORY, SITE } from './addresses.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { write: { type: 'boolean' }, release: { type: 'boolean' } } });
const wrong = [];

for (const path of pathsOfPackages()) {
  const text = readFileSync(join(root, path), 'utf8');
  const manifest = JSON.parse(text);
  if (manifest.private === true) continue;
  const whole = `${JSON.stringify(withMetadata(manifest, dirname(path)), null, 2)}\n`;
  if (values.write) writeFileSync(join(root, path), whole);
  else if (whole !== text) wrong.push(`${path}: run \`node tools/metadata.mjs --write\``);
  if (!(manifest.keywords?.length > 0)) wrong.push(`${path}: no keywords`);
  if (!manifest.files.includes('CHANGELOG.md')) wrong.push(`${path}: its files are without CHANGELOG.md`);
}
if (values.release)
  for (const address of [REPOSITORY, SITE])
    if (new URL(address).hostname.endsWith('.example'))
      wrong.push(`tools/addresses.mjs: ${address} is to be filled in`);

for (const line of wrong) console.error(line);
process.exitCode = wrong.length > 0 ? 1 : 0;

function pathsOfPackages() {
  return ['packages', 'apps']
    .flatMap((place) => readdirSync(join(root, place)).map((folder) => `${place}/${folder}/package.json`))
    .filter((path) => existsSync(join(root, path)));
}

/** In the order in which the formatter keeps them. */
function withMetadata({ name, version, description, keywords, ...rest }, directory) {
  for (const key of ['homepage', 'bugs', 'license', 'author', 'repository']) delete rest[key];
  return {
    name,
    version,
    description,
    keywords,
    homepage: SITE,
    bugs: `${REPOSITORY}/issues`,
    license: 'MIT',
    author: 'The DIM for TypeScript authors',
    repository: { type: 'git', url: `git+${REPOSITORY}.git`, directory },
    ...rest,
  };
}

/**
 * What package.json of each published package says of the project: where it is, who made it, which files are published. It
 * comes from `addresses.mjs` and is the same in all. `node tools/metadata.mjs` checks, and with `--write` writes, after an
 * address was changed; `--release` refuses addresses that are still to be filled in.
 */
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseArgs } from 'node:util';
import { REPOSITORY, SITE } from './addresses.mjs';
import { publishedPackages } from './published-packages.mjs';

const root = join(import.meta.dirname, '..');
const { values } = parseArgs({ options: { write: { type: 'boolean' }, release: { type: 'boolean' } } });
const wrong = [];

for (const { folder } of publishedPackages()) {
  const path = `${folder}/package.json`;
  const text = readFileSync(join(root, path), 'utf8');
  const manifest = JSON.parse(text);
  const whole = `${JSON.stringify(withMetadata(manifest, folder), null, 2)}\n`;
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

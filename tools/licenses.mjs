/** The licenses of what is inside a bundle, which go along with it: nearly all ask for that. */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';

/** The folder of the package that a file is of: what is behind the last `node_modules`, with its scope. */
const PACKAGE = /^.*[\\/]node_modules[\\/](?:@[^\\/]+[\\/])?[^\\/]+/;

/**
 * The texts of the licenses of other people's packages, each once.
 *
 * @param {Iterable<string>} modules the paths of the files in the bundle
 * @returns {string}
 */
export function licensesOf(modules) {
  const folders = new Set([...modules].flatMap((path) => path.match(PACKAGE)?.[0] ?? []));
  const texts = [...folders].map((folder) => {
    const { name, version, license } = JSON.parse(readFileSync(join(folder, 'package.json'), 'utf8'));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    const text = file === undefined ? '' : `\n${readFileSync(join(folder, file), 'utf8').trim()}\n`;
    return `${name} ${version} (${license})\n${text}`;
  });
  return texts.toSorted().join(`\n${'-'.repeat(80)}\n\n`);
}

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

/** Those that let everybody use, change and pass on what is under them, and ask for no more than to say so. */
const FREE = [
  '0BSD',
  'Apache-2.0',
  'BSD-2-Clause',
  'BSD-3-Clause',
  'BlueOak-1.0.0',
  'CC0-1.0',
  'ISC',
  'MIT',
  'Unlicense',
];

/**
 * @param {string} expression of SPDX, without parentheses within others
 * @returns {string | undefined} what in it is none of those; nothing where one may choose one of those
 */
export function notFree(expression) {
  const parts = expression.replaceAll(/[()]/g, '').split(' AND ');
  return parts.find((part) => !part.split(' OR ').some((license) => FREE.includes(license.trim())));
}

/** What each README tells a newcomer to do first: what to install, and the first program that runs by itself. */
import { readFileSync } from 'node:fs';
import { transform } from 'esbuild';
import { ROOT } from '../paths.ts';

/** What somebody does first with a package. */
export interface FirstSteps {
  readonly name: string;
  /** Where its README is. */
  readonly folder: string;
  /** What is in the first program that runs by itself; the first one, if not given. */
  readonly program?: RegExp;
  /** Changes of the program, where it would use what all programs of this machine share. */
  readonly instead?: readonly [from: string, to: string];
  /** What the program imports, and the README tells in words. */
  readonly also?: readonly string[];
  /** A program of the package, with its arguments and what it shall say; in place of a program of the README. */
  readonly says?: readonly [program: string, parameters: readonly string[], answer: RegExp];
}

export const FIRST_STEPS: readonly FirstSteps[] = [
  { name: 'mkm', folder: 'packages/mkm' },
  { name: 'dimplugins', folder: 'packages/plugins' },
  { name: 'dkd', folder: 'packages/dkd' },
  { name: 'dimp', folder: 'packages/dimp' },
  { name: 'dimsdk', folder: 'packages/sdk', program: /createTestNetwork/, also: ['dimtestkit'] },
  {
    name: 'dimtestkit',
    folder: 'packages/testkit',
    program: /checkMeta/,
    also: ['mkm', 'dimplugins'],
  },
  {
    name: 'dimstation',
    folder: 'packages/station',
    program: /createStation/,
    instead: ['port: 9394', 'port: 0'],
    also: ['dimstation', 'dimsdk', 'dimp', 'dimplugins'],
  },
  { name: 'dim-cli', folder: 'apps/cli', says: ['dim', ['id', 'new', '--name', 'Alice', '--json'], /"Alice"/] },
];

/** What is to be installed, and the program, as JavaScript; none where a program of the package is run. */
export async function readFirstSteps({
  folder,
  program = /^/,
  instead: [from, to] = ['', ''],
  also = [],
  says,
}: FirstSteps): Promise<{ readonly packages: readonly string[]; readonly script: string | undefined }> {
  const readme = readFileSync(`${ROOT}/${folder}/README.md`, 'utf8');
  const lines = [...readme.matchAll(/^npm install ((?:--?[\w-]{1,20} )?)([^#\n]{1,200})/gm)];
  const packages = [...lines.flatMap(([, , names = '']) => names.trim().split(' ')), ...also];
  if (packages.length === 0) throw new Error(`the README of ${folder} does not say how to install it`);
  if (says !== undefined) return { packages, script: undefined };
  const block = [...readme.matchAll(/```ts\n(.*?)```/gs)]
    .map(([, code = '']) => code)
    .find((code) => program.test(code));
  if (block === undefined) throw new Error(`the README of ${folder} has no such program`);
  if (!block.includes(from)) throw new Error(`the program has no ${from} any more`);
  const { code } = await transform(block.replace(from, to), { loader: 'ts', format: 'esm', target: 'es2022' });
  return { packages: [...new Set(packages)], script: code };
}

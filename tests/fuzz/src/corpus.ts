/** The corpus: inputs that reach different code, a file each, in a directory for each target. */
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { nameOf } from './finding.ts';

/** The corpus of this repository. */
export const CORPUS: string = fileURLToPath(new URL('../corpus', import.meta.url));

/** The inputs for a target, in the order of their names; none when there is no such directory. */
export function readCorpus(directory: string, target: string): readonly Uint8Array[] {
  const folder = join(directory, target);
  if (!existsSync(folder)) return [];
  return readdirSync(folder)
    .toSorted()
    .map((name) => new Uint8Array(readFileSync(join(folder, name))));
}

/** Adds an input. */
export function saveInput(directory: string, target: string, input: Uint8Array): void {
  const folder = join(directory, target);
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, nameOf(input)), input);
}

/** Makes a target's corpus these inputs, and what stays for ever: `case-…`, each for a rule. */
export function replaceCorpus(directory: string, target: string, inputs: readonly Uint8Array[]): void {
  const folder = join(directory, target);
  const old = existsSync(folder) ? readdirSync(folder).filter((name) => !name.startsWith('case-')) : [];
  for (const name of old) rmSync(join(folder, name));
  for (const input of inputs) saveInput(directory, target, input);
}

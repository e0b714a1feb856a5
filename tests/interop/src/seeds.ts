/** Seeds that once failed. They are kept with the sources, and each run begins with them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { fileToWrite } from 'runner/paths';
import { UsageError } from 'runner/usage-error';

/** Where seeds are kept. */
export const SEEDS_FILE = fileURLToPath(new URL('../seeds.json', import.meta.url));

/** The seeds that failed, in the order in which they did. */
export function keptSeeds(path: string): readonly number[] {
  if (!existsSync(path)) return [];
  const seeds = JSON.parse(readFileSync(path, 'utf8')) as unknown;
  if (!Array.isArray(seeds) || !seeds.every((seed) => Number.isSafeInteger(seed)))
    throw new TypeError(`${path} must hold a list of seeds`);
  return seeds as readonly number[];
}

/** Adds a seed. */
export function keepSeed(path: string, seed: number): void {
  const seeds = keptSeeds(path);
  if (!seeds.includes(seed)) writeFileSync(path, `${JSON.stringify([...seeds, seed])}\n`);
}

/** A file for seeds that somebody names: a list of them, or not there yet. @throws UsageError */
export function seedsFile(text: string): string {
  const path = fileToWrite(text);
  try {
    keptSeeds(path);
    return path;
  } catch (error) {
    throw new UsageError(`${path} is no list of seeds: ${error instanceof Error ? error.message : String(error)}`);
  }
}

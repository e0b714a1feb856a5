/** Seeds that once failed. They are kept with the sources, and each run begins with them. */
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

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

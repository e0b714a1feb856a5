/** How many bytes a recipe's value takes at least, computed and not measured: some values must not be walked. */
import { isRecipe, type Recipe } from './recipe.ts';

/** Bytes of a small object or a field. */
const NODE_BYTES = 64;

/** The size of what an input stands for, in bytes. */
export function sizeOfInput(input: unknown): number {
  if (typeof input === 'string') return input.length;
  if (typeof input !== 'object' || input === null) return NODE_BYTES;
  if (isRecipe(input)) return sizeOfRecipe(input);
  const parts: readonly unknown[] = Object.values(input);
  return parts.reduce<number>((sum, part) => sum + NODE_BYTES + sizeOfInput(part), 0);
}

function sizeOfRecipe(recipe: Recipe): number {
  const { $gen, times, unit, hex, ...rest } = recipe;
  const count = typeof times === 'number' ? times : 1;
  if (typeof unit === 'string') return unit.length * count;
  if (typeof hex === 'string') return hex.length / 2;
  const parts = sizeOfInput(rest);
  return ['many-keys', 'fill', 'nest', 'dag', 'int-keys'].includes($gen) ? parts + NODE_BYTES * count : parts;
}

/**
 * Recipes: `{ "$gen": kind, … }` stands for a value that JSON has not, or that is too large for a file. Everything else
 * in an input stands for itself.
 */
import type { Probes } from './recipes/probes.ts';
import { OBJECT_RECIPES } from './recipes/objects.ts';
import { STRUCTURE_RECIPES } from './recipes/structures.ts';
import { VALUE_RECIPES } from './recipes/values.ts';
import { isRecipe, numberIn, setOwn, textIn, type Make, type Recipe, type RecipeTable } from './recipes/recipe.ts';

const TABLE: RecipeTable = new Map([...VALUE_RECIPES, ...OBJECT_RECIPES, ...STRUCTURE_RECIPES]);

/**
 * Makes the value that an input stands for. Each call makes a new one.
 * @param probes notes how often the value's own code was called
 * @throws Error for a recipe of an unknown kind
 */
export function makeInput(input: unknown, probes?: Probes): unknown {
  const make: Make = (part) => {
    if (Array.isArray(part)) return part.map((item: unknown) => make(item));
    if (typeof part !== 'object' || part === null) return part;
    return isRecipe(part) ? cook(part) : copy(part);
  };

  function cook(recipe: Recipe): unknown {
    const kind = TABLE.get(recipe.$gen);
    if (kind === undefined) throw new Error(`this runner does not know the recipe ${recipe.$gen}`);
    return kind(recipe, make, probes);
  }

  function copy(map: object): object {
    const made = {};
    for (const [name, value] of Object.entries(map)) setOwn(made, name, make(value));
    return made;
  }

  return make(input);
}

/** The bytes of a package: `{ text }`, `{ hex }` or `{ gen }`, a recipe for a text or for bytes. */
export function makePackage(input: unknown, probes?: Probes): unknown {
  const { text, hex, gen } = input as { readonly text?: string; readonly hex?: string; readonly gen?: unknown };
  if (hex !== undefined) return makeInput({ $gen: 'bytes', hex });
  // Bytes may be more than a text can hold.
  if (isRecipe(gen) && gen.$gen === 'repeat') return repeatBytes(textIn(gen, 'unit'), numberIn(gen, 'times'));
  const made = text ?? makeInput(gen, probes);
  return typeof made === 'string' ? new TextEncoder().encode(made) : made;
}

function repeatBytes(unit: string, times: number): Uint8Array {
  return new Uint8Array(Buffer.alloc(Buffer.byteLength(unit) * times, unit).buffer);
}

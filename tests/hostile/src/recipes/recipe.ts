/** What a recipe is, and how its parts are read. */
import type { Probes } from './probes.ts';

/** A recipe as it stands in a file. */
export interface Recipe {
  readonly $gen: string;
  readonly [name: string]: unknown;
}

/** Makes the value of a part of a recipe. */
export type Make = (part: unknown) => unknown;

/** How each kind of recipe is made. */
export type RecipeTable = ReadonlyMap<string, (recipe: Recipe, make: Make, probes?: Probes) => unknown>;

export function isRecipe(part: unknown): part is Recipe {
  return typeof part === 'object' && part !== null && '$gen' in part && typeof part.$gen === 'string';
}

/** Sets an own field, `__proto__` too. */
export function setOwn(target: object, name: string, value: unknown): void {
  Object.defineProperty(target, name, { value, writable: true, enumerable: true, configurable: true });
}

export function textIn(recipe: Recipe, name: string): string {
  const value = recipe[name];
  if (typeof value !== 'string') throw new Error(`the recipe ${recipe.$gen} needs a text ${name}`);
  return value;
}

export function numberIn(recipe: Recipe, name: string): number {
  const value = recipe[name];
  if (typeof value !== 'number') throw new Error(`the recipe ${recipe.$gen} needs a number ${name}`);
  return value;
}

export function listIn(recipe: Recipe, name: string): readonly unknown[] {
  const value = recipe[name];
  if (!Array.isArray(value)) throw new Error(`the recipe ${recipe.$gen} needs a list ${name}`);
  return value;
}

/** The value of a part that must be an object; a new one each time. */
export function objectIn(recipe: Recipe, name: string, make: Make): object {
  const value = make(recipe[name]);
  if (typeof value !== 'object' || value === null) throw new Error(`the recipe ${recipe.$gen} needs an object ${name}`);
  return value;
}

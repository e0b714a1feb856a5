/** Recipes for deep, wide and cyclic structures. */
import { listIn, numberIn, objectIn, setOwn, textIn, type Make, type Recipe, type RecipeTable } from './recipe.ts';

export const STRUCTURE_RECIPES: RecipeTable = new Map<string, NonNullable<ReturnType<RecipeTable['get']>>>([
  ['cycle', (recipe, make) => cycle(objectIn(recipe, 'base', make), listIn(recipe, 'at').map(String))],
  ['many-keys', manyKeys],
  ['fill', fill],
  ['sparse', (recipe) => Object.assign([], { length: numberIn(recipe, 'length') })],
  ['dag', dag],
  ['nest', nest],
]);

/** Puts the object into itself, at a path. */
function cycle(whole: object, path: readonly string[]): object {
  let target = whole;
  for (const name of path.slice(0, -1)) {
    const next: unknown = Reflect.get(target, name) ?? {};
    if (typeof next !== 'object' || next === null) throw new Error('the recipe cycle goes through no object');
    setOwn(target, name, next);
    target = next;
  }
  setOwn(target, path.at(-1) ?? '', whole);
  return whole;
}

function manyKeys(recipe: Recipe, make: Make): object {
  const map = objectIn(recipe, 'base', make);
  const prefix = textIn(recipe, 'prefix');
  for (let index = 0; index < numberIn(recipe, 'times'); index++) setOwn(map, prefix + index, index);
  return map;
}

/** A list with the same item many times. */
function fill(recipe: Recipe, make: Make): readonly unknown[] {
  const item = make(recipe['item']);
  return Array.from({ length: numberIn(recipe, 'times') }, () => item);
}

/** Arrays of two, each twice the same: 2^times leaves for whoever walks them all. */
function dag(recipe: Recipe, make: Make): unknown {
  let value = make(recipe['leaf']);
  for (let level = 0; level < numberIn(recipe, 'times'); level++) value = arrayContent([value, value]);
  return value;
}

function nest(recipe: Recipe, make: Make): unknown {
  const wrap = wrapperOf(recipe, make);
  const empty = recipe['kind'] === 'array' ? [] : {};
  let value = recipe['leaf'] === undefined ? empty : make(recipe['leaf']);
  for (let level = 0; level < numberIn(recipe, 'times'); level++) value = wrap(value);
  return value;
}

function wrapperOf(recipe: Recipe, make: Make): (inner: unknown) => unknown {
  const envelope = () => objectIn(recipe, 'env', make);
  switch (recipe['kind']) {
    case 'array':
      return (inner) => [inner];
    case 'object': {
      const key = textIn(recipe, 'key');
      return (inner) => ({ [key]: inner });
    }
    case 'content-array':
      return (inner) => arrayContent([inner]);
    case 'combine':
      return (content) => ({ type: '207', sn: 1, time: 1, title: 'x', messages: [{ ...envelope(), content }] });
    case 'forward':
      return (content) => ({
        type: '255',
        sn: 1,
        time: 1,
        forward: { ...envelope(), data: 'AA==', signature: 'AA==', content },
      });
    default:
      throw new Error(`this runner does not know to nest ${String(recipe['kind'])}`);
  }
}

function arrayContent(contents: readonly unknown[]): object {
  return { type: '202', sn: 1, time: 1, contents };
}

/** Recipes for single values: what JSON has not, and long texts. */
import { listIn, numberIn, textIn, type RecipeTable } from './recipe.ts';

export const VALUE_RECIPES: RecipeTable = new Map<string, NonNullable<ReturnType<RecipeTable['get']>>>([
  ['undefined', () => undefined],
  ['number', (recipe) => Number(textIn(recipe, 'text'))],
  ['bigint', (recipe) => BigInt(textIn(recipe, 'text'))],
  ['symbol', () => Symbol('hostile')],
  ['function', () => function hostile() {}],
  ['date', (recipe) => new Date(textIn(recipe, 'text'))],
  ['boxed-string', (recipe) => new String(textIn(recipe, 's'))],
  ['map', () => new Map([['a', 1]])],
  ['repeat', (recipe) => flat(textIn(recipe, 'unit').repeat(numberIn(recipe, 'times')))],
  ['concat', (recipe, make) => flat(listIn(recipe, 'parts').map(make).join(''))],
  ['json', (recipe): unknown => JSON.parse(textIn(recipe, 'text'))],
  ['int-keys', (recipe) => integerKeys(numberIn(recipe, 'start'), numberIn(recipe, 'times'))],
  ['bytes', (recipe) => bytesOf(textIn(recipe, 'hex'))],
  ['subarray', (recipe) => bytesOf(textIn(recipe, 'hex')).subarray(numberIn(recipe, 'from'), numberIn(recipe, 'to'))],
  ['shared-buffer', (recipe) => new Uint8Array(new SharedArrayBuffer(numberIn(recipe, 'length')))],
  ['detached-buffer', () => detached(new Uint8Array(4))],
]);

/** The engine joins long texts lazily; joined here, their memory counts as the input's. */
function flat(text: string): string {
  void text.charCodeAt(text.length - 1);
  return text;
}

/** The text of an object with many numeric names. */
function integerKeys(start: number, times: number): string {
  return `{${Array.from({ length: times }, (_, index) => `"${start + index}":0`).join(',')}}`;
}

function bytesOf(hex: string): Uint8Array {
  return Uint8Array.from(hex.match(/../g) ?? [], (digits) => Number.parseInt(digits, 16));
}

function detached(bytes: Uint8Array<ArrayBuffer>): Uint8Array {
  structuredClone(bytes.buffer, { transfer: [bytes.buffer] });
  return bytes;
}

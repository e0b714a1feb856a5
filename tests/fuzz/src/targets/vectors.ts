/** The test vectors of this repository, as inputs to begin with. */
import { readFileSync } from 'node:fs';
import { isMap, writeTree, type JsonValue } from '../json-tree.ts';

/** A vector file. */
export function readVectors(name: string): { readonly [name: string]: JsonValue } {
  const url = new URL(`../../../../vectors/${name}.json`, import.meta.url);
  return JSON.parse(readFileSync(url, 'utf8')) as { [name: string]: JsonValue };
}

/** A list in a vector file: the maps in it. */
export function casesOf(name: string, list = 'cases'): readonly { readonly [name: string]: JsonValue }[] {
  const cases = readVectors(name)[list];
  return Array.isArray(cases) ? cases.filter(isMap) : [];
}

/** Values as inputs; long ones left out, as changes to them say little. */
export function inputsOf(values: readonly (JsonValue | undefined)[]): readonly Uint8Array[] {
  return values
    .filter((value) => value !== undefined)
    .map(writeTree)
    .filter((input) => input.length <= MAX_SEED_BYTES);
}

const MAX_SEED_BYTES = 8192;

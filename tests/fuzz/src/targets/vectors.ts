/** The test vectors of this repository, as inputs to begin with. */
import { casesOf as casesIn, readCaseFile, VECTORS } from 'runner/case-files';
import { writeTree, type JsonValue } from '../json-tree.ts';

/** A vector file. */
export function readVectors(name: string): { readonly [name: string]: JsonValue } {
  return readCaseFile(VECTORS, name) as { [name: string]: JsonValue };
}

/** A list in a vector file: the maps in it. */
export function casesOf(name: string, list = 'cases'): readonly { readonly [name: string]: JsonValue }[] {
  return casesIn(readVectors(name), list) as readonly { readonly [name: string]: JsonValue }[];
}

/** Values as inputs; long ones left out, as changes to them say little. */
export function inputsOf(values: readonly (JsonValue | undefined)[]): readonly Uint8Array[] {
  return values
    .filter((value) => value !== undefined)
    .map(writeTree)
    .filter((input) => input.length <= MAX_SEED_BYTES);
}

const MAX_SEED_BYTES = 8192;

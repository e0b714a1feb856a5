/** New inputs from old ones. */
import { readTree, writeTree } from './json-tree.ts';
import { mutateBytes } from './mutate-bytes.ts';
import { mutateTree } from './mutate-json.ts';
import type { Random } from './random.ts';

/** Longer inputs cost time and find nothing that shorter ones do not. */
export const MAX_INPUT_BYTES = 16 * 1024;

/** Where new inputs come from. */
export interface MutationSource {
  readonly isJson: boolean;
  readonly corpus: readonly Uint8Array[];
}

/** An input made of one of the corpus by one change or more. */
export function mutate({ isJson, corpus }: MutationSource, random: Random): Uint8Array {
  const input = pickInput(corpus, random);
  const other = random.pick(corpus);
  let changes = 1;
  while (changes < 8 && random.oneIn(2)) changes++;
  // Now and then a change of bytes: the text of a JSON value has faults that no value has.
  const tree = isJson && !random.oneIn(12) ? readTree(input) : undefined;
  const mutant = tree === undefined ? changedBytes(input, other) : changedTree();
  return mutant.length > MAX_INPUT_BYTES ? mutant.slice(0, MAX_INPUT_BYTES) : mutant;

  function changedTree(): Uint8Array {
    const source = readTree(other) ?? null;
    let value = tree ?? null;
    for (let count = 0; count < changes; count++) value = mutateTree(value, random, source);
    return writeTree(value);
  }

  function changedBytes(bytes: Uint8Array, splice: Uint8Array): Uint8Array {
    let output = bytes;
    for (let count = 0; count < changes; count++) output = mutateBytes(output, random, splice);
    return output;
  }
}

/** The newest inputs half of the time: they stand where the search goes on. */
function pickInput(corpus: readonly Uint8Array[], random: Random): Uint8Array {
  if (random.oneIn(2)) return random.pick(corpus);
  const recent = Math.max(1, Math.ceil(corpus.length / 8));
  return random.pick(corpus.slice(-recent));
}

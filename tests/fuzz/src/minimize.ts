/** Makes the input of a finding as small as it gets while the same rule is broken. */
import { copyTree, placesOf, readTree, removeAt, setAt, valueAt, writeTree, type JsonValue } from './json-tree.ts';

/** Whether an input still breaks the rule. */
export type StillFails = (input: Uint8Array) => Promise<boolean>;

const MAX_TRIES = 2000;

/** A smaller input that fails in the same way; the input itself when there is none. */
export async function minimize(input: Uint8Array, stillFails: StillFails): Promise<Uint8Array> {
  let best = input;
  let tries = 0;
  for (let improved = true; improved;) {
    improved = false;
    for (const candidate of candidatesOf(best)) {
      if (++tries > MAX_TRIES) return best;
      if (candidate.length >= best.length || !(await stillFails(candidate))) continue;
      best = candidate;
      improved = true;
      break;
    }
  }
  return best;
}

function* candidatesOf(input: Uint8Array): Generator<Uint8Array> {
  const tree = readTree(input);
  if (tree !== undefined) yield* smallerTrees(tree);
  for (let size = input.length >> 1; size > 0; size >>= 1) {
    for (let at = 0; at < input.length; at += size) {
      const shorter = new Uint8Array(input.length - Math.min(size, input.length - at));
      shorter.set(input.subarray(0, at));
      shorter.set(input.subarray(at + size), at);
      yield shorter;
    }
  }
}

function* smallerTrees(root: JsonValue): Generator<Uint8Array> {
  const count = placesOf(root).length;
  for (let index = 1; index < count; index++) {
    yield changedAt(root, index, (place) => removeAt(place));
    yield changedAt(root, index, (place) => setAt(place, simpler(valueAt(place))));
  }
}

function changedAt(
  root: JsonValue,
  index: number,
  change: (place: ReturnType<typeof placesOf>[number]) => void,
): Uint8Array {
  const copy = copyTree(root);
  const place = placesOf(copy)[index];
  if (place !== undefined) change(place);
  return writeTree(copy);
}

function simpler(value: JsonValue): JsonValue {
  if (typeof value === 'string') return value.slice(0, value.length >> 1);
  if (typeof value === 'number') return 1;
  return Array.isArray(value) ? value.slice(0, 1) : 0;
}

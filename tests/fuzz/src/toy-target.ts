/** A target with a fault that only guidance finds: each condition is easy, all of them together are not. */
import type { Target } from './target.ts';

const decoder = new TextDecoder();
const encoder = new TextEncoder();

/** The fault: a shape that takes a handful of changes, each of which alone makes no difference to the outcome. */
function readToy(value: unknown): string {
  const { sn, keys } = fieldsOf(value);
  if (typeof sn !== 'number' || sn >= 0) return 'no negative number';
  if (!Array.isArray(keys) || keys.length < 2) return 'no list of several';
  const { data, ...others } = fieldsOf(keys[1]);
  if (!Array.isArray(data)) return 'no list in the list';
  if (data.length !== 2) return 'a list of another length';
  if (Object.keys(others).length !== 0) return 'more than the list';
  throw new Error('the planted fault');
}

function fieldsOf(value: unknown): { readonly [name: string]: unknown } {
  return typeof value === 'object' && value !== null ? (value as { readonly [name: string]: unknown }) : {};
}

export const toyTarget: Target = {
  name: 'toy',
  isJson: true,
  seeds: [encoder.encode('{"sn":1,"text":"hello","keys":[{"data":[1],"type":"1"}]}')],
  run(input) {
    let value: unknown;
    try {
      value = JSON.parse(decoder.decode(input));
    } catch {
      return;
    }
    readToy(value);
  },
};

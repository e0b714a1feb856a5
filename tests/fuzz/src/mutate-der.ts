/** Changes to DER that leave it DER: an element changes, and the lengths around it follow. */
import { mutateBytes } from './mutate-bytes.ts';
import type { Random } from './random.ts';

/** An element: its tag, what stands before the elements in it (a BIT STRING has a byte there), and these or bytes. */
interface Element {
  tag: number;
  readonly prefix: readonly number[];
  readonly children: Element[] | undefined;
  bytes: Uint8Array;
}

const TAGS = [0x02, 0x03, 0x04, 0x05, 0x06, 0x30, 0x31, 0xa0, 0xa1, 0x81, 0x22, 0x13];
const NUMBERS = [[], [0], [1], [2], [3], [0x80], [0, 1], [1, 0, 0, 0, 1]];

/** DER with a change; other bytes are changed as bytes. */
export function mutateDer(input: Uint8Array, random: Random): Uint8Array {
  const root = readElements(input, 0);
  if (root === undefined) return mutateBytes(input, random, input);
  const lists: Element[][] = [root];
  for (const list of lists) for (const { children } of list) if (children !== undefined) lists.push(children);
  // Each element as likely as any other, however deep.
  const { list, index } = random.pick(
    lists.flatMap((inner) => inner.map((_element, at) => ({ list: inner, index: at }))),
  );
  const element = list[index] as Element;
  switch (random.below(6)) {
    case 0:
      list.splice(index, 1);
      break;
    case 1:
      list.splice(random.below(list.length + 1), 0, element);
      break;
    case 2:
      element.tag = random.pick(TAGS);
      break;
    case 3:
      // A copy: the other may hold this one.
      list[index] = structuredClone(random.pick(lists.flat()));
      break;
    case 4:
      list[index] = { ...element, children: undefined, bytes: Uint8Array.from(random.pick(NUMBERS)) };
      break;
    default:
      element.bytes = mutateBytes(element.bytes, random, element.bytes);
  }
  return writeElements(root);
}

const MAX_DEPTH = 8;

function readElements(input: Uint8Array, depth: number): Element[] | undefined {
  const elements: Element[] = [];
  for (let at = 0; at < input.length;) {
    const tag = input[at] ?? 0;
    const first = input[at + 1] ?? 0;
    const count = first > 0x80 ? first & 0x7f : 0;
    if (count > 2) return undefined;
    const start = at + 2 + count;
    const length = count === 0 ? first : input.subarray(at + 2, start).reduce((sum, byte) => sum * 256 + byte, 0);
    if (start + length > input.length) return undefined;
    const bytes = input.subarray(start, start + length);
    const prefix = tag === 0x03 ? [0] : [];
    const isNested = (tag & 0x20) !== 0 || bytes[prefix.length] === 0x30;
    const children = isNested && depth < MAX_DEPTH ? readElements(bytes.subarray(prefix.length), depth + 1) : undefined;
    elements.push({ tag, prefix: children === undefined ? [] : prefix, children, bytes });
    at = start + length;
  }
  return elements;
}

function writeElements(elements: readonly Element[]): Uint8Array {
  const parts = elements.map(({ tag, prefix, children, bytes }) => {
    const content = children === undefined ? bytes : [...prefix, ...writeElements(children)];
    const { length } = content;
    const size =
      length < 0x80 ? [length] : length < 0x100 ? [0x81, length] : [0x82, (length >> 8) & 0xff, length & 0xff];
    return [tag, ...size, ...content];
  });
  return Uint8Array.from(parts.flat());
}
